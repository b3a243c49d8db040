/**
 * The port to the shared cache (Valkey, or memory). Never on the path of a live event.
 * A call that fails or times out is a miss: `undefined` / `false`, one log line per outage, one metric; it never throws.
 */
export interface Cache {
  get(key: string): Promise<string | undefined>
  /** Values in the order of the keys. */
  getMany(keys: readonly string[]): Promise<readonly (string | undefined)[]>
  /** Stores with a time to live in milliseconds; false when it was not stored. */
  set(key: string, value: string, ttlMs: number): Promise<boolean>
  /**
   * Sets only if the key is absent (`SET NX PX`): `won`, `lost`, or `unknown` when the cache did not answer,
   * so that the caller can fall back to a local window.
   */
  claim(key: string, value: string, ttlMs: number): Promise<'won' | 'lost' | 'unknown'>
  delete(key: string): Promise<boolean>
  /**
   * Takes up to `want` tokens of a window shared by all callers: the number granted (0 to `want`),
   * `undefined` when the cache did not answer.
   */
  take(
    key: string,
    options: { want: number; limit: number; windowMs: number },
  ): Promise<number | undefined>
  /** False while calls fail. */
  healthy(): boolean
  close(): Promise<void>
}
