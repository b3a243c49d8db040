/** Where a guest's token is kept between connections. */
export interface TokenStore {
  load(): string | null
  save(token: string | null): void
}

/** A token store that forgets with the process. */
export const memoryTokens = (): TokenStore => {
  let token: string | null = null
  return {
    load: () => token,
    save: (next) => {
      token = next
    },
  }
}
