import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://localhost:8080'

/** Nothing is inlined: the page's policy allows scripts, styles and fonts from its own origin as files alone. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { '/socket.io': { target: server, ws: true }, '/api': server } },
})
