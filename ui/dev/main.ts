import './appearance'
import { start } from '../src/app/start'
import { fixtures } from './fixtures'

/** `?theme=dark&size=130&stage=setup&fail=case_list#/credit/1`: one look per address, so that a picture can be taken of it. */
start(fixtures(new URLSearchParams(location.search)))
