// The front door of the challenges: what draws pictures, poses work, and asks a provider.
export { AltchaPuzzle } from './altcha-puzzle.ts';
export { PngPainter } from './pictures/png-painter.ts';
export { TurnstilePuzzle } from './turnstile-puzzle.ts';
