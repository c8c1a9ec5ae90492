const kept = /** @type {HTMLElement} */ (document.querySelector("#kept"));

if (navigator.serviceWorker) {
  navigator.serviceWorker.register("sw.js").catch(tell);
  // It is ready once it has stored all that the page needs.
  navigator.serviceWorker.ready.then(() => {
    kept.textContent = "已经存好：断开网络，刷新页面，照样可以搜索。";
    kept.dataset["ready"] = "";
  });
} else {
  tell("这个浏览器没有 Service Worker，或者页面不是经 HTTPS 打开的。");
}

/** @param {unknown} reason */
function tell(reason) {
  kept.textContent = `没有存下：${reason}`;
}
