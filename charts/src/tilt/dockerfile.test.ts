import { describe, expect, it } from 'vitest'
import { stagesOf } from './dockerfile.ts'

const text = `# a comment
FROM node AS page
WORKDIR /app
COPY --from=manifests /manifests/ ./
RUN npm ci \\
 && npm run build
COPY tsconfig.base.json ./
COPY --chown=1:1 frontend web
FROM page AS dev
COPY . .
`

describe('the stages of a Dockerfile', () => {
  it('are named, each with what it takes from the context and where it goes', () => {
    expect(stagesOf(text)).toEqual([
      {
        name: 'page',
        workdir: '/app',
        copies: [
          { from: 'tsconfig.base.json', to: '/app/tsconfig.base.json' },
          { from: 'frontend', to: '/app/web' },
        ],
      },
      { name: 'dev', workdir: '/', copies: [{ from: '.', to: '/' }] },
    ])
  })
})
