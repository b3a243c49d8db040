import { FluxError } from '@flux/runtime'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Control } from './control.ts'
import { faultSchema, rateSchema, replaySchema, stepSchema } from './schemas.ts'

const idParams = z.object({ id: z.string() })

/** What the control API answers when it refuses: `faults` has one line per fault found. */
const explain = (error: z.ZodError) => ({
  error: 'invalid_request',
  faults: error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`),
})

/** Routes that a provider adds to the control API, by its name. */
export type ProviderControls = ReadonlyMap<string, (app: FastifyInstance) => void>

/** The control API, below whatever prefix `app` has. */
export const registerControl = (
  app: FastifyInstance,
  control: Control,
  controls: ProviderControls,
): void => {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof z.ZodError) return reply.code(400).send(explain(error))
    if (error instanceof FluxError) {
      return reply.code(409).send({ error: error.code, faults: [error.message] })
    }
    // What Fastify itself refuses: a body that is not JSON, too large, of another type.
    const { statusCode } = z.looseObject({ statusCode: z.number().catch(500) }).parse(error)
    const message = error instanceof Error ? error.message : 'unknown error'
    return reply.code(statusCode).send({ error: 'invalid_request', faults: [message] })
  })
  app.get('/state', async () => control.state())
  app.post('/rate', async (request) => {
    const { matchesPerSecond } = rateSchema.parse(request.body)
    control.setRate(matchesPerSecond)
    return { matchesPerSecond }
  })
  app.get('/faults', async () => control.state().faults)
  app.post('/faults', async (request, reply) => {
    const outcome = control.addFault(faultSchema.parse(request.body))
    return reply.code(outcome.lasting ? 201 : 200).send(outcome)
  })
  app.delete('/faults', async () => ({ cleared: control.clearFaults() }))
  app.delete('/faults/:id', async (request, reply) => {
    const { id } = idParams.parse(request.params)
    if (control.removeFault(id)) return { cleared: 1 }
    return reply.code(404).send({ error: 'unknown_fault', faults: [`there is no fault ${id}`] })
  })
  app.post('/market/step', async (request) => control.step(stepSchema.parse(request.body)))
  app.post('/replay', async (request, reply) => {
    await control.startReplay(replaySchema.parse(request.body))
    return reply.code(201).send(control.state().replay)
  })
  app.delete('/replay', async () => ({ stopped: await control.stopReplay() }))
  for (const [name, serve] of controls) {
    const plugin = (scope: FastifyInstance, _options: object, done: () => void) => {
      serve(scope)
      done()
    }
    void app.register(plugin, { prefix: `/${name}` })
  }
}
