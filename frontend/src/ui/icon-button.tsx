import { Icon, type IconName } from './icon.tsx'

interface IconButtonProps {
  /** What a screen reader says, and the tooltip. */
  readonly label: string
  readonly icon: IconName
  readonly onClick: () => void
  readonly filled?: boolean
  /** For a switch: whether it is on. */
  readonly pressed?: boolean
}

/** A button that is an icon. */
export const IconButton = (props: IconButtonProps) => {
  const { label, icon, onClick, filled, pressed } = props
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      className={`touchable grid size-8 shrink-0 place-items-center rounded-full hover:text-text ${pressed ? 'text-accent' : 'text-muted'}`}
    >
      <Icon name={icon} {...(filled !== undefined && { filled })} />
    </button>
  )
}
