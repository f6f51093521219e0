import { Worker } from 'node:worker_threads'
import type { Delivery, Order } from './pdf-worker.ts'
import type { Paper } from './paper.ts'

/** Beside the built program stands `pdf-worker.js`; from the sources (tests) Node takes the types off by itself. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './pdf-worker.ts' : './pdf-worker.js', import.meta.url)

const THREADS = 2
/** A paper that takes longer is a bug in a layout; the thread is ended and the next paper gets a fresh one. */
const PATIENCE_MS = 30_000

type Waiting = { readonly resolve: (pdf: Buffer) => void; readonly reject: (error: Error) => void; readonly timer: NodeJS.Timeout }
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> }

let threads: Thread[] = []
let orders = 0

/** Draws a paper in a thread of its own; the first call starts it. The same paper gives the same bytes. @throws Error when the drawing fails */
export const renderPdf = (paper: Paper): Promise<Buffer> => {
  const thread = leastBusy()
  orders += 1
  const id = orders
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => discard(thread, new Error('drawing a paper took too long')), PATIENCE_MS)
    timer.unref()
    thread.waiting.set(id, { resolve, reject, timer })
    thread.worker.ref()
    thread.worker.postMessage({ id, paper } satisfies Order, [])
  })
}

/** Ends the drawing threads; papers still being drawn fail. For shutdown. */
export const closePdf = async (): Promise<void> => {
  const ending = threads
  threads = []
  await Promise.all(
    ending.map((thread) => {
      failAll(thread, new Error('the program is stopping'))
      return thread.worker.terminate()
    }),
  )
}

const leastBusy = (): Thread => {
  const idle = threads.toSorted((a, b) => a.waiting.size - b.waiting.size)[0]
  if (idle !== undefined && (idle.waiting.size === 0 || threads.length >= THREADS)) return idle
  const thread = startThread()
  threads.push(thread)
  return thread
}

const startThread = (): Thread => {
  const worker = new Worker(ENTRY)
  const thread: Thread = { worker, waiting: new Map() }
  worker.on('message', (delivery: Delivery) => settle(thread, delivery))
  worker.on('error', (error) => discard(thread, error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => discard(thread, new Error('the drawing thread ended')))
  // An idle thread does not keep a finished command alive.
  worker.unref()
  return thread
}

const settle = (thread: Thread, delivery: Delivery): void => {
  const waiting = thread.waiting.get(delivery.id)
  if (waiting === undefined) return
  thread.waiting.delete(delivery.id)
  if (thread.waiting.size === 0) thread.worker.unref()
  clearTimeout(waiting.timer)
  if (delivery.pdf === undefined) waiting.reject(new Error(delivery.error ?? 'drawing a paper failed'))
  else waiting.resolve(Buffer.from(delivery.pdf))
}

const discard = (thread: Thread, error: Error): void => {
  threads = threads.filter((t) => t !== thread)
  failAll(thread, error)
  void thread.worker.terminate()
}

const failAll = (thread: Thread, error: Error): void => {
  for (const waiting of thread.waiting.values()) {
    clearTimeout(waiting.timer)
    waiting.reject(error)
  }
  thread.waiting.clear()
}
