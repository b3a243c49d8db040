import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

interface TabsProps {
  readonly label: string
  readonly tabs: readonly { readonly id: string; readonly label: ReactNode }[]
  readonly selected: string
  readonly onSelect: (id: string) => void
  /** What the selected tab shows. */
  readonly children: ReactNode
  /** Classes of the row of tabs. */
  readonly className?: string
  /** Classes of what the tabs show. */
  readonly panelClassName?: string
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Tabs and what the selected one shows: arrows, Home and End move between them. */
export const Tabs = (props: TabsProps) => {
  const { tabs, selected, onSelect } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === selected)
    const ends: Readonly<Record<string, number>> = { Home: 0, End: tabs.length - 1 }
    const step = steps[event.key]
    const to = step === undefined ? ends[event.key] : (at + step + tabs.length) % tabs.length
    const tab = to === undefined ? undefined : tabs[to]
    if (!tab || to === undefined) return
    event.preventDefault()
    onSelect(tab.id)
    const target = list.current?.children[to]
    if (target instanceof HTMLElement) target.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={props.label}
        onKeyDown={move}
        className={`flex gap-1 overflow-x-auto [scrollbar-width:none] ${props.className ?? 'px-3 pb-2 md:px-4'}`}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-selected={tab.id === selected}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => onSelect(tab.id)}
            className={`touchable min-h-7 shrink-0 rounded-md px-2.5 text-12 whitespace-nowrap -outline-offset-2 ${tab.id === selected ? 'bg-raised font-medium text-text' : 'text-muted hover:text-text'}`}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${selected}`}
        className={props.panelClassName}
      >
        {props.children}
      </div>
    </>
  )
}
