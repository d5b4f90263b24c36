// The plain kinds of setting that most rows of the table are made of.
import { Type } from 'typebox';

export const count = (description: string, standard: number, [minimum, maximum]: readonly [number, number]) =>
  Type.Integer({ description, default: standard, minimum, maximum });
export const text = (description: string, standard = '') => Type.String({ description, default: standard });
export const secretText = (description: string) => Type.String({ description, default: '', secret: true });
export const list = (description: string, standard: string[] = []) =>
  Type.Array(Type.String({ minLength: 1 }), { description, default: standard });
export const flag = (description: string) => Type.Boolean({ description, default: false });
