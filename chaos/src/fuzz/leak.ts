/** What only the inside of a process knows: stack traces, paths of sources, names of errors, addresses of servers. */
const insides: readonly (readonly [what: string, form: RegExp])[] = [
  ['a stack trace', /\bat [\w.<>]+ \(|\bat (?:async )?file:\/\//],
  ['a path of the sources', /node_modules|\/(?:bff|packages|services)\/\S*\.[jt]s/],
  [
    'the name of an error',
    /\b(?:Type|Range|Syntax|Reference|Zod|Fastify|Kafka\w*|Flux|Config)Error\b/,
  ],
  [
    'a word of the runtime',
    /Cannot read propert|is not a function|is not iterable|ECONN\w+|EADDR\w+|JSON at position/,
  ],
]

/** What of the process's inside a text tells a client; nothing when it is fit for one. */
export const leaksIn = (text: string): readonly string[] =>
  insides.filter(([, form]) => form.test(text)).map(([what]) => what)
