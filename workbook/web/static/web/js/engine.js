// What differs for the chat where the page's own tab serves it; false where a machine does.
export const tab = document.documentElement.dataset.engine === "tab" && (await import("./tab/chat.js"));
