import { useMaxHz } from '../../realtime/use-max-hz.ts'
import { useSetUnits, useUnits } from '../../realtime/use-units.ts'
import { Link } from '../../routing/link.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useImages } from '../../ui/use-images.ts'
import { useTheme } from '../../ui/use-theme.ts'

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

const unitOptions = [
  { value: 'metric', label: '°C, km/h' },
  { value: 'imperial', label: '°F, mph' },
] as const

const imageOptions = [
  { value: 'on', label: 'Show' },
  { value: 'off', label: 'Leave out' },
] as const

const rateOptions = [
  { value: 'all', label: 'Live' },
  { value: '10', label: '10/s' },
  { value: '4', label: '4/s' },
  { value: '1', label: '1/s' },
] as const

const link = 'text-accent underline-offset-2 hover:underline'

const Links = () => (
  <nav aria-label="More" className="flex gap-5 border-t border-line px-4 py-3">
    <Link to="/system" className={link}>
      System
    </Link>
    <Link to="/about" className={link}>
      About and sources
    </Link>
    <Link to="/states" className={link}>
      States
    </Link>
  </nav>
)

/** What the user can choose: theme, pictures and updates for this browser, units for all of the user's tabs. */
export const Settings = ({ onClose }: { onClose: () => void }) => {
  const [theme, setTheme] = useTheme()
  const [images, allowImages] = useImages()
  const [maxHz, setMaxHz] = useMaxHz()
  const units = useUnits()
  const setUnits = useSetUnits()
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="grid gap-4 p-4">
        <Choice label="Theme" options={themes} value={theme} onChange={setTheme} />
        <Choice label="Units" options={unitOptions} value={units} onChange={setUnits} />
        <Choice label="Updates at most" options={rateOptions} value={maxHz} onChange={setMaxHz} />
        <Choice
          label="Pictures of other sites"
          options={imageOptions}
          value={images ? 'on' : 'off'}
          onChange={(value) => allowImages(value === 'on')}
        />
        <p className="text-12 text-muted">
          News pictures and coin logos come from other sites, without telling them where you are.
          Nothing else leaves this page.
        </p>
      </div>
      <Links />
    </Dialog>
  )
}
