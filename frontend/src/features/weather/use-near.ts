import { useState } from 'react'
import { useClient } from '../../realtime/client-context.tsx'

const timeoutMs = 15_000
const maximumAgeMs = 10 * 60_000

const position = (): Promise<GeolocationPosition> =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, {
      timeout: timeoutMs,
      maximumAge: maximumAgeMs,
    })
  })

const wordsFor = (error: unknown): string => {
  if (!(error instanceof GeolocationPositionError))
    return 'The server could not tell which place that is. Search for it by name.'
  return error.code === error.PERMISSION_DENIED
    ? 'The browser was not allowed to give its position. Search by name.'
    : 'The browser does not know its position at the moment. Search by name.'
}

/** Makes the place where the browser is the home, on request. */
export const useNear = (done: () => void): { readonly words: string; ask(): void } => {
  const client = useClient()
  const [words, setWords] = useState('')
  const locate = async () => {
    const { coords } = await position()
    await client.setLocation({ lat: coords.latitude, lon: coords.longitude })
  }
  const ask = () => {
    setWords('Asking the browser for its position …')
    locate()
      .then(() => {
        setWords('')
        done()
      })
      .catch((error: unknown) => setWords(wordsFor(error)))
  }
  return { words, ask }
}
