import { useEffect, useEffectEvent } from 'react'
import { parsePageConfig, usePageConfig } from '../../ui/page-config.ts'

/** The file's text, `null` where it cannot be had. */
const read = async (signal: AbortSignal): Promise<string | null> => {
  try {
    const answer = await fetch('/config.json', { signal, cache: 'no-cache' })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  }
}

/** Reads what the operators have chosen once per visit; what was read last stays where it cannot be had. */
export const useConfig = (): void => {
  const [config, keep] = usePageConfig()
  const take = useEffectEvent((text: string | null) => {
    const read = parsePageConfig(text)
    if (read) keep(read)
  })
  useEffect(() => {
    const reading = new AbortController()
    void read(reading.signal).then(take)
    return () => reading.abort()
  }, [])
  useEffect(() => {
    if (config) document.documentElement.dataset['title'] = config.title
  }, [config])
}
