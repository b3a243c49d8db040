import { useMemo } from 'react'
import { useStored } from './use-stored.ts'

/** What the operators of this page have chosen for it, in `/config.json`. */
export interface PageConfig {
  /** Whether pictures of other sites are shown until the user says otherwise. */
  readonly pictures: boolean
  /** Name in the title of the browser's tab. */
  readonly title: string
}

const key = 'flux.config'
const defaults: PageConfig = { pictures: true, title: 'Flux' }

/** The settings in a text: what is missing or of a wrong type is the default; `undefined` where it holds none. */
export const parsePageConfig = (text: string | null): PageConfig | undefined => {
  try {
    const found: unknown = JSON.parse(text ?? '')
    if (typeof found !== 'object' || found === null) return undefined
    const pictures: unknown = Reflect.get(found, 'pictures')
    const title: unknown = Reflect.get(found, 'title')
    return {
      pictures: typeof pictures === 'boolean' ? pictures : defaults.pictures,
      title: typeof title === 'string' && title !== '' ? title : defaults.title,
    }
  } catch {
    return undefined
  }
}

/** The settings as they were last read, and how to keep others; `undefined` before the first time. */
export const usePageConfig = (): readonly [
  PageConfig | undefined,
  (config: PageConfig) => void,
] => {
  const [text, save] = useStored(key)
  const config = useMemo(() => parsePageConfig(text), [text])
  return [config, (next) => save(JSON.stringify(next))]
}
