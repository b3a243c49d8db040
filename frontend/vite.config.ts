import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

/** Nothing is inlined: the page's policy allows scripts, styles and fonts from its own origin as files alone. */
export default defineConfig(({ mode }) => {
  const target = loadEnv(mode, '.', 'BFF_')['BFF_URL'] ?? 'http://localhost:8080'
  const proxy = { target, xfwd: true }
  return {
    plugins: [react(), tailwindcss()],
    build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    server: { proxy: { '/socket.io': { ...proxy, ws: true }, '/api': proxy } },
  }
})
