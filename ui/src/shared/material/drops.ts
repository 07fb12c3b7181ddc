import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** What takes in what was dropped on a paper or pasted while it has the focus. */
export interface Taker {
  files: (paths: string[]) => unknown
  contents: (pasted: { name: string; content: string }[]) => unknown
}

/** Said of an element when files are dropped on it; the window itself hears of the drop. */
export const DROPPED = 'filesdropped'
/** Elements on which files can be dropped. */
const PLACE = '[data-drop]'

/** Hands the files dropped at a point of the window to the paper that lies there. */
export function dropAt(x: number, y: number, paths: string[]): void {
  const place = document.elementFromPoint(x, y)?.closest(PLACE)
  place?.dispatchEvent(new CustomEvent(DROPPED, { detail: paths }))
}

/** The paper around `inside` takes what is dropped on it, and pictures and files that are pasted into it. */
export function useDrops(inside: Ref<HTMLElement | null>, taker: Taker): void {
  let place: HTMLElement | null = null
  const dropped = (event: Event) => void taker.files((event as CustomEvent<string[]>).detail)
  async function pasted(event: ClipboardEvent) {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    taker.contents(
      await Promise.all(files.map(async (file) => ({ name: file.name, content: await base64(file) }))),
    )
  }
  onMounted(() => {
    place = inside.value?.closest<HTMLElement>(PLACE) ?? null
    place?.addEventListener(DROPPED, dropped)
    place?.addEventListener('paste', pasted)
  })
  onBeforeUnmount(() => {
    place?.removeEventListener(DROPPED, dropped)
    place?.removeEventListener('paste', pasted)
  })
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const CHUNK = 0x8000
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}
