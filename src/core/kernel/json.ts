// Plain data as it travels in bodies and rests in profile attributes.

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. Those read from a request have no prototype. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
