/** Imported first: the appearance is read when its module is loaded. */
const asked = new URLSearchParams(location.search)
for (const key of ['theme', 'size', 'locale']) {
  const value = asked.get(key)
  if (value !== null) localStorage.setItem(`appearance.${key}`, value)
}
