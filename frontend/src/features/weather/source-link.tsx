const links: Readonly<Record<string, readonly [name: string, href: string]>> = {
  'open-meteo': ['Open-Meteo.com', 'https://open-meteo.com/'],
  openweathermap: ['OpenWeatherMap', 'https://openweathermap.org/'],
}

/** The provider with a link to it, which the licence of its data asks for. */
export const SourceLink = ({ provider }: { provider: string }) => {
  const [name, href] = links[provider] ?? []
  return href === undefined ? (
    provider
  ) : (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="underline decoration-line underline-offset-2 hover:decoration-current"
    >
      {name}
    </a>
  )
}
