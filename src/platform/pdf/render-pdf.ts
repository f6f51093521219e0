import { Worker } from 'node:worker_threads'
import type { Delivery, Order } from './pdf-worker.ts'
import type { Paper } from './paper.ts'

/** Beside the built program stands `pdf-worker.js`; from the sources (tests) Node takes the types off by itself. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './pdf-worker.ts' : './pdf-worker.js', import.meta.url)

const THREADS = 2
/** A paper that takes longer is a bug in a layout; the thread is ended and the next paper gets a fresh one. */
const PATIENCE_MS = 30_000

type Waiting = { readonly paper: Paper; readonly resolve: (pdf: Buffer) => void; readonly reject: (error: Error) => void }
type Thread = { readonly worker: Worker; drawing: (Waiting & { readonly timer: NodeJS.Timeout }) | undefined }

let threads: readonly Thread[] = []
let queue: readonly Waiting[] = []

/** Draws a paper in a thread of its own; the first call starts it. The same paper gives the same bytes. @throws Error when the drawing fails */
export const renderPdf = (paper: Paper): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    queue = [...queue, { paper, resolve, reject }]
    drawNext()
  })

/** Ends the drawing threads; papers not finished fail. For shutdown. */
export const closePdf = async (): Promise<void> => {
  const ending = threads
  const unfinished = queue
  threads = []
  queue = []
  const error = new Error('the program is stopping')
  for (const waiting of unfinished) waiting.reject(error)
  await Promise.all(ending.map((thread) => end(thread, error)))
}

/** Each thread draws one paper at a time, so that only its own time counts against it. */
const drawNext = (): void => {
  const [next, ...later] = queue
  if (next === undefined) return
  const thread = threads.find((t) => t.drawing === undefined) ?? (threads.length < THREADS ? startThread() : undefined)
  if (thread === undefined) return
  queue = later
  const timer = setTimeout(() => replace(thread, new Error('drawing a paper took too long')), PATIENCE_MS)
  thread.drawing = { ...next, timer }
  // An idle thread does not keep a finished command alive, one at work does.
  thread.worker.ref()
  thread.worker.postMessage({ paper: next.paper } satisfies Order, [])
}

const startThread = (): Thread => {
  const worker = new Worker(ENTRY)
  const thread: Thread = { worker, drawing: undefined }
  worker.on('message', (delivery: Delivery) => deliver(thread, delivery))
  worker.on('error', (error) => replace(thread, error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => replace(thread, new Error('the drawing thread ended')))
  threads = [...threads, thread]
  return thread
}

const deliver = (thread: Thread, delivery: Delivery): void => {
  const drawn = thread.drawing
  thread.drawing = undefined
  thread.worker.unref()
  clearTimeout(drawn?.timer)
  if (delivery.pdf === undefined) drawn?.reject(new Error(delivery.error ?? 'drawing a paper failed'))
  else drawn?.resolve(Buffer.from(delivery.pdf.buffer, delivery.pdf.byteOffset, delivery.pdf.byteLength))
  drawNext()
}

/** A thread that is of no use any more: what waits goes to the other, or to a new one. */
const replace = (thread: Thread, error: Error): void => {
  threads = threads.filter((t) => t !== thread)
  void end(thread, error)
  drawNext()
}

const end = (thread: Thread, error: Error): Promise<number> => {
  const drawn = thread.drawing
  thread.drawing = undefined
  clearTimeout(drawn?.timer)
  drawn?.reject(error)
  return thread.worker.terminate()
}
