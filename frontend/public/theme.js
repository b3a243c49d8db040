// Runs before the first paint, as a file because the page's policy allows no inline script.
;(() => {
  try {
    const theme = localStorage.getItem('flux.theme')
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
  } catch {
    // Storage is denied: the system's preference counts.
  }
})()
