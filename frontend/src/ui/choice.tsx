interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** The label is for screen readers only. */
  readonly quiet?: boolean
}

/** One of a few values, side by side. */
export const Choice = <Value extends string>(props: ChoiceProps<Value>) => {
  const { label, options, value, onChange, quiet = false } = props
  return (
    <fieldset className="flex items-center justify-between gap-4">
      <legend className={quiet ? 'sr-only' : 'float-left flex-1 text-13'}>{label}</legend>
      <div className="flex rounded-md border border-line bg-bg p-0.5">
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={option.value === value}
            onClick={() => onChange(option.value)}
            className={`touchable min-h-7 rounded-[5px] px-2.5 text-12 whitespace-nowrap ${option.value === value ? 'bg-surface font-medium text-text shadow-panel ring-1 ring-line' : 'text-muted hover:text-text'}`}
          >
            {option.label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
