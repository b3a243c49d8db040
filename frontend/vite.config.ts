import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type Plugin } from 'vite'
import { serviceWorker } from './src/worker/build.ts'

/** The client speaks WebSocket alone, so the page does not carry the other ways that Engine.IO knows. */
const webSocketOnly: Plugin = {
  name: 'web-socket-only',
  enforce: 'pre',
  transform: (code, id) => {
    const [, file] = /engine\.io-client\/build\/esm\/transports\/(.+)\.js$/.exec(id) ?? []
    if (file === 'index')
      return `import { WS } from './websocket.js'\nexport const transports = { websocket: WS }`
    return file === undefined ? null : { code, moduleSideEffects: false }
  },
}

/** What takes binary frames apart and puts them together: the server sends text alone, and another frame is an error. */
const binaryParts = [
  [
    /socket\.io-parser\/build\/esm\/is-binary\.js$/,
    'export const isBinary = () => false\nexport const hasBinary = isBinary',
  ],
  [
    /socket\.io-parser\/build\/esm\/binary\.js$/,
    'export const reconstructPacket = (packet) => packet\nexport const deconstructPacket = reconstructPacket',
  ],
  [
    /engine\.io-parser\/build\/esm\/contrib\/base64-arraybuffer\.js$/,
    'export const decode = (text) => text\nexport const encode = decode',
  ],
] as const

/** The server sends text frames, so the page does not carry what reads and writes binary ones. */
const textOnly: Plugin = {
  name: 'text-only',
  enforce: 'pre',
  transform: (_, id) => binaryParts.find(([file]) => file.test(id))?.[1],
}

/** What the first view needs is one file: it packs better than several that would all be loaded anyway. */
const output = { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial' as const] }] } }

/** Nothing is inlined: the page's policy allows scripts, styles and fonts from its own origin as files alone. */
export default defineConfig(({ mode }) => {
  const target = loadEnv(mode, '.', 'BFF_')['BFF_URL'] ?? 'http://localhost:8080'
  const proxy = { target, xfwd: true }
  return {
    plugins: [webSocketOnly, textOnly, react(), tailwindcss(), serviceWorker()],
    build: {
      assetsInlineLimit: 0,
      // What a part shares with others is small and soon there; the code that would ask for it ahead is not free.
      modulePreload: false,
      rolldownOptions: { output },
    },
    server: { proxy: { '/socket.io': { ...proxy, ws: true }, '/api': proxy } },
  }
})
