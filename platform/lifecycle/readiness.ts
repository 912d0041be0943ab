/** Whether this process wants requests. It begins with no, and ends with no before anything is closed. */
export class Readiness {
  #ready = false;

  get ready(): boolean {
    return this.#ready;
  }

  started(): void {
    this.#ready = true;
  }

  stopping(): void {
    this.#ready = false;
  }
}
