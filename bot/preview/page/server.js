// Talks to the preview's server: the state once, then events as they come, and what the person does.

export async function fetchState() {
  const answer = await fetch("/here/state");
  return answer.json();
}

export async function act(what, details) {
  const answer = await fetch("/here/do", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ what, ...details }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body.done;
}

// The browser connects again by itself; `onLost` and `onBack` tell the person about it.
export function follow(since, { onEvent, onLost, onBack }) {
  const source = new EventSource(`/here/events?since=${since}`);
  source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  source.addEventListener("error", onLost);
  source.addEventListener("open", onBack);
  return source;
}
