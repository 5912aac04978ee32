// Runs before the first paint, so that a remembered theme never flashes.
try {
  var theme = localStorage.getItem("firstcheck.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch (_) {
  // Storage may be switched off; the system's theme is used.
}
