// The connection: keeps the audio of the turn that is not answered yet, and sends it again under the same id when the
// Wi-Fi was away, so that nothing is lost and nothing counts twice.
const FRAMES_KEPT = 400;
const FRAMES_OF_SILENCE = 10;
const PING_MS = 10000;
const DEAD_MS = 25000;
const SLOWEST_RETRY_MS = 5000;
const ELSEWHERE = 4001;

export class Line {
  /** `where()` tells the mode, hands-free and pace to go on with; `onEvent` gets the server's events. */
  constructor(where, onEvent, onState) {
    this.where = where;
    this.onEvent = onEvent;
    this.onState = onState;
    this.turn = null;
    this.frames = [];
    this.ended = false;
    this.tapped = null;
    this.retry = 300;
    this.heardAt = 0;
    window.addEventListener("online", () => this.connect());
    setInterval(() => this.watch(), PING_MS);
  }

  get here() {
    return Boolean(this.socket && this.socket.readyState === WebSocket.OPEN);
  }

  async connect() {
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.waiting);
    let refusal;
    try {
      const answer = await fetch("/headset/line", { cache: "no-store" });
      if (answer.status === 401) return location.reload();
      refusal = (await answer.json()).say;
    } catch {
      refusal = "No connection";
    }
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    if (refusal) return this.later(refusal);
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/headset/audio`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = (message) => {
      this.heardAt = Date.now();
      const event = JSON.parse(message.data);
      if (event.event === "quiet" && event.turn === this.turn) this.frames = this.frames.slice(-FRAMES_OF_SILENCE);
      this.onEvent(event);
    };
    socket.onclose = (closed) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (closed.code === ELSEWHERE) this.onState("elsewhere", "In use on another device. Tap to talk here.");
      else this.later("Reconnecting");
    };
  }

  later(why) {
    this.onState("away", why);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.connect(), this.retry);
    this.retry = Math.min(this.retry * 1.6, SLOWEST_RETRY_MS);
  }

  opened() {
    this.retry = 300;
    this.heardAt = Date.now();
    const unanswered = this.frames.length > 0 || this.tapped ? this.turn : null;
    this.tell({ type: "hello", ...this.where(), turn: unanswered });
    if (unanswered) {
      for (const frame of this.frames) this.socket.send(frame);
      if (this.ended) this.tell({ type: "end" });
      if (this.tapped) this.tell({ type: "tap", answer: this.tapped });
    }
    this.onState("here", "Connected");
    this.onEvent({ event: "opened", resent: Boolean(unanswered) });
  }

  tell(message) {
    if (this.here) this.socket.send(JSON.stringify(message));
  }

  begin() {
    this.turn = crypto.randomUUID();
    this.answered();
    this.tell({ type: "turn", id: this.turn });
  }

  /** Audio of the turn; `keep` when it is worth sending again. False when there is no room for more. */
  send(frame, keep) {
    if (keep) this.frames.push(frame);
    if (this.here) this.socket.send(frame);
    return this.frames.length < FRAMES_KEPT;
  }

  end() {
    this.ended = true;
    this.tell({ type: "end" });
  }

  /** An answer that was tapped; a turn of its own. */
  tap(answer) {
    this.begin();
    this.tapped = answer;
    this.tell({ type: "tap", answer });
  }

  /** The turn was answered: nothing of it has to be sent again. */
  answered() {
    this.frames = [];
    this.ended = false;
    this.tapped = null;
  }

  watch() {
    if (!this.here) return;
    if (Date.now() - this.heardAt > DEAD_MS) this.socket.close();
    else this.tell({ type: "ping" });
  }
}
