import { start } from '../src/app/start'
import { fixtures } from './fixtures'

/** `?theme=dark&size=130&stage=setup#/credit/1`: one look per address, so that a picture can be taken of it. */
const asked = new URLSearchParams(location.search)
const keep = (key: string, value: string | null) => {
  if (value !== null) localStorage.setItem(key, value)
}
keep('appearance.theme', asked.get('theme'))
keep('appearance.size', asked.get('size'))
keep('appearance.locale', asked.get('locale'))

start(fixtures(asked.get('stage') ?? 'ready'))
