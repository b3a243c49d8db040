import { parseResources, type Resource } from '../resource.ts'

const sample = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 35
      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: web
          image: web:1
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          ports: [{ name: http, containerPort: 3000 }]
          lifecycle: { preStop: { sleep: { seconds: 5 } } }
          env:
            - { name: DRAIN_MS, value: "20000" }
            - { name: SHUTDOWN_TIMEOUT_MS, value: "25000" }
            - { name: KEY_FILE, value: /var/run/web/key }
            - { name: MODE, valueFrom: { configMapKeyRef: { name: web, key: mode } } }
          resources: { requests: { cpu: 50m, memory: 64Mi }, limits: { memory: 128Mi } }
          startupProbe: { httpGet: { path: /livez, port: http } }
          readinessProbe: { httpGet: { path: /readyz, port: http } }
          livenessProbe: { httpGet: { path: /livez, port: http } }
          volumeMounts: [{ name: key, mountPath: /var/run/web }]
      volumes: [{ name: key, secret: { secretName: web-key } }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { mode: fast }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: http }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: guest } } }], ports: [{ port: http }] }]
  egress: []
`

/** A small application without a fault, as YAML. */
export const faultless = sample

/** The same with one text put in place of another: the fault that a check has to see. Throws where there is no such text. */
export const spoilt = (from: string, to: string): readonly Resource[] => {
  if (!sample.includes(from)) throw new Error(`the sample holds no ${from}`)
  return parseResources(sample.replace(from, to))
}
