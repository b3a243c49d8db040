import { Dialog } from '../../ui/dialog.tsx'

const keys = [
  [['/'], 'Search in what is shown'],
  [['↑', '↓'], 'Move between rows'],
  [['←', '→'], 'Move between tabs'],
  [['Enter'], 'Open the row'],
  [['Esc'], 'Close what is open'],
  [['?'], 'Show this list'],
] as const

const Key = ({ name }: { name: string }) => (
  <kbd className="inline-grid h-6 min-w-6 place-items-center rounded-[5px] border border-line bg-raised px-1.5 font-sans text-12">
    {name}
  </kbd>
)

/** The keys that the page obeys. */
export const Help = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5 p-4">
      {keys.map(([names, words]) => (
        <div key={words} className="contents">
          <dt className="flex gap-1">
            {names.map((name) => (
              <Key key={name} name={name} />
            ))}
          </dt>
          <dd className="text-muted">{words}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
)
