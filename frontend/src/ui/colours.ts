/** The theme's colours that paint more than text. */
type ColourName = 'surface' | 'text' | 'muted' | 'faint' | 'line' | 'up' | 'down'

/** What colours are at a place of the page, as `rgb(…)`. */
export type Colours = Readonly<Record<ColourName, string>>

/** The theme's colours as they are at an element at the moment: for canvases, which no style reaches. */
export const coloursAt = (element: HTMLElement): Colours => {
  const probe = document.createElement('span')
  element.append(probe)
  const read = (name: ColourName): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    surface: read('surface'),
    text: read('text'),
    muted: read('muted'),
    faint: read('faint'),
    line: read('line'),
    up: read('up'),
    down: read('down'),
  }
  probe.remove()
  return colours
}

/** Tells whenever the page's colours may have changed: by the choice of a theme or by the system. */
export const onColours = (listener: () => void): (() => void) => {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(listener)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  system.addEventListener('change', listener)
  return () => {
    chosen.disconnect()
    system.removeEventListener('change', listener)
  }
}
