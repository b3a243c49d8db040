import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

interface TabListProps {
  readonly label: string
  readonly tabs: readonly { readonly id: string; readonly label: ReactNode }[]
  readonly selected: string
  readonly onSelect: (id: string) => void
  /** Start of the tabs' ids, where what they show names its tab. */
  readonly id?: string
  /** Id of the element that shows the selected tab. */
  readonly controls?: string
  readonly className?: string
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Which of `count` tabs a key moves to from one. */
const targetOf = (key: string, from: number, count: number): number | undefined => {
  const step = steps[key]
  if (step !== undefined) return (from + step + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}

/** A row of tabs: arrows, Home and End move between them. */
export const TabList = (props: TabListProps) => {
  const { tabs, selected, onSelect, id, controls } = props
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const from = tabs.findIndex((tab) => tab.id === selected)
    const to = targetOf(event.key, from, tabs.length)
    const tab = to === undefined ? undefined : tabs[to]
    if (!tab || to === undefined) return
    event.preventDefault()
    onSelect(tab.id)
    const target = list.current?.children[to]
    if (target instanceof HTMLElement) target.focus()
  }
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={props.label}
      onKeyDown={move}
      className={`flex shrink-0 gap-1 overflow-x-auto [scrollbar-width:none] ${props.className ?? ''}`}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={id && `${id}-${tab.id}`}
          aria-selected={tab.id === selected}
          aria-controls={controls}
          tabIndex={tab.id === selected ? 0 : -1}
          onClick={() => onSelect(tab.id)}
          className={`touchable min-h-7 shrink-0 rounded-md px-2.5 text-12 whitespace-nowrap -outline-offset-2 ${tab.id === selected ? 'bg-raised font-medium text-text' : 'text-muted hover:text-text'}`}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}

interface TabsProps extends Omit<TabListProps, 'id' | 'controls'> {
  /** What the selected tab shows. */
  readonly children: ReactNode
  /** Classes of what the tabs show. */
  readonly panelClassName?: string
}

/** Tabs and what the selected one shows. */
export const Tabs = ({ children, panelClassName, ...list }: TabsProps) => {
  const id = useId()
  return (
    <>
      <TabList {...list} id={id} controls={`${id}-panel`} />
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${list.selected}`}
        className={panelClassName}
      >
        {children}
      </div>
    </>
  )
}
