/// <reference lib="dom" />
import type { Page } from 'playwright-core'

/** What has the focus, as people perceive it. */
interface Focused {
  /** Its accessible name, roughly: its label or its text. */
  readonly name: string
  /** It is drawn with a ring. */
  readonly outlined: boolean
}

/** The element that has the focus. */
export const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return { name: '', outlined: false }
    const label = element.getAttribute('aria-label')
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return {
      name: (label ?? element.textContent).replaceAll(/\s+/g, ' ').trim(),
      outlined: outlineStyle !== 'none' && outlineWidth !== '0px',
    }
  })

/** The properties that animations change at this moment; those that follow a scrolling element stand still by themselves. */
export const animatedNow = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ timeline }) => timeline instanceof DocumentTimeline)
      .flatMap(({ effect }) => (effect instanceof KeyframeEffect ? effect.getKeyframes() : []))
      .flatMap((frame) => Object.keys(frame))
      .filter((key) => !['offset', 'computedOffset', 'easing', 'composite'].includes(key)),
  )
