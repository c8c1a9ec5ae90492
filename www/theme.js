// A classic script in the head, so that the page is never drawn in the wrong colours first.
try {
  const theme = localStorage.getItem("suoyin.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's colours it is.
}
