import type { Build, WorkerScope } from './scope.ts'
import { startWorker } from './worker.ts'

declare const self: WorkerScope
/** Put in by the build. */
declare const fluxBuild: Build

startWorker(self, fluxBuild)
