// The interactive picture over the drawing of a network: the same nodes in the same places.
// Reads the data beside the drawing; without this file the drawing, its links and the table stand.
"use strict";

(() => {
  const DIRECTIONS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const NARROW = 700;

  class Picture {
    constructor(root) {
      this.root = root;
      this.drawing = root.querySelector("[data-drawing]");
      this.canvas = root.querySelector("[data-canvas]");
      this.story = root.querySelector("[data-story]");
      this.data = JSON.parse(root.querySelector("[data-network-data]").textContent);
      this.nodes = new Map(this.data.nodes.map((node) => [node.id, node]));
      this.edges = new Map(this.data.edges.map((edge) => [edge.id, edge]));
      this.filters = [...root.querySelectorAll("[data-filter]")];
      this.network = null;
      this.shown = { nodes: null, edges: null };
      this.chosen = null;
      this.showTools();
      this.listen();
    }

    showTools() {
      this.story.classList.add("is-alive");
      for (const hidden of this.root.querySelectorAll("[data-tools], [data-script-only], [data-filter]")) {
        hidden.hidden = false;
      }
    }

    listen() {
      for (const filter of this.filters) {
        filter.addEventListener("change", () => this.applyFilters());
      }
      for (const button of this.root.querySelectorAll("[data-mode]")) {
        button.addEventListener("click", () => this.show(button.dataset.mode));
      }
      for (const button of this.root.querySelectorAll("[data-zoom]")) {
        button.addEventListener("click", () => this.zoom(button.dataset.zoom));
      }
      this.canvas.addEventListener("keydown", (event) => this.key(event));
      for (const kind of ["focusin", "mouseover"]) {
        this.drawing.addEventListener(kind, (event) => {
          const drawn = event.target.closest("[data-node]");
          if (drawn) this.tellNode(drawn.dataset.node);
        });
      }
    }

    // The canvas is drawn behind the drawing and takes its place when it is there.
    show(mode) {
      if (mode === "drawing") {
        this.swap(false);
      } else if (this.network) {
        this.swap(true);
      } else {
        this.draw();
      }
    }

    draw() {
      this.canvas.classList.add("is-over");
      this.canvas.hidden = false;
      this.canvas.style.height = `${this.drawing.offsetHeight}px`;
      this.scale = this.drawing.querySelector("svg").clientWidth / this.data.frame.width;
      this.shown.nodes = new vis.DataSet(this.visibleNodes());
      this.shown.edges = new vis.DataSet(this.visibleEdges());
      this.network = new vis.Network(
        this.canvas,
        { nodes: this.shown.nodes, edges: this.shown.edges },
        this.data.options,
      );
      this.network.once("afterDrawing", () => {
        this.look(this.scale);
        this.swap(true);
      });
      this.network.on("hoverNode", ({ node }) => this.tellNode(node));
      this.network.on("hoverEdge", ({ edge }) => this.tellEdge(edge));
      this.network.on("selectNode", ({ nodes }) => this.choose(nodes[0]));
      this.network.on("selectEdge", ({ nodes, edges }) => {
        if (nodes.length === 0) this.tellEdge(edges[0]);
      });
      this.network.on("click", ({ nodes }) => {
        if (nodes.length > 0) this.open(nodes[0]);
      });
    }

    swap(interactive) {
      this.canvas.classList.remove("is-over");
      this.canvas.hidden = !interactive;
      this.drawing.hidden = interactive;
      for (const button of this.root.querySelectorAll("[data-zoom]")) {
        button.disabled = !interactive;
      }
      for (const button of this.root.querySelectorAll("[data-mode]")) {
        const pressed = (button.dataset.mode === "interactive") === interactive;
        button.setAttribute("aria-pressed", String(pressed));
      }
    }

    look(scale) {
      const { left, top, width, height } = this.data.frame;
      const position = { x: left + width / 2, y: top + height / 2 };
      this.network.moveTo({ position, scale, animation: false });
    }

    centre() {
      this.drawing.scrollLeft = (this.drawing.scrollWidth - this.drawing.clientWidth) / 2;
    }

    zoom(by) {
      if (by === "fit") {
        const { width, height } = this.data.frame;
        this.look(Math.min(this.canvas.clientWidth / width, this.canvas.clientHeight / height));
        return;
      }
      this.network.moveTo({ scale: this.network.getScale() * Number(by) });
    }

    wanted(of) {
      return new Set(
        this.filters.filter((f) => f.dataset.filter === of && f.checked).map((f) => f.value),
      );
    }

    visibleNodes() {
      const kinds = this.wanted("node");
      return this.data.nodes.filter((node) => kinds.has(node.kind));
    }

    visibleEdges() {
      const kinds = this.wanted("link");
      const nodes = new Set(this.visibleNodes().map((node) => node.id));
      return this.data.edges.filter(
        (edge) => kinds.has(edge.kind) && nodes.has(edge.from) && nodes.has(edge.to),
      );
    }

    applyFilters() {
      const nodes = this.wanted("node");
      const links = this.wanted("link");
      for (const drawn of this.drawing.querySelectorAll("[data-kind]")) {
        toggle(drawn, nodes.has(drawn.dataset.kind));
      }
      for (const drawn of this.drawing.querySelectorAll("[data-link]")) {
        const ends = drawn.dataset.ends.split(" ");
        toggle(drawn, links.has(drawn.dataset.link) && ends.every((kind) => nodes.has(kind)));
      }
      if (!this.network) return;
      replace(this.shown.nodes, this.visibleNodes());
      replace(this.shown.edges, this.visibleEdges());
    }

    key(event) {
      if (event.key in DIRECTIONS) {
        this.step(...DIRECTIONS[event.key]);
      } else if (event.key === "Home") {
        this.choose(this.visibleNodes()[0]?.id);
      } else if (event.key === "Enter" && this.chosen !== null) {
        this.open(this.chosen);
      } else if (event.key === "Escape") {
        this.network.unselectAll();
        this.chosen = null;
      } else if (event.key === "+" || event.key === "-") {
        this.zoom(event.key === "+" ? 1.25 : 0.8);
      } else {
        return;
      }
      event.preventDefault();
    }

    // To the nearest node in a direction; what lies aside counts double.
    step(dx, dy) {
      const visible = this.visibleNodes();
      const from = this.nodes.get(this.chosen);
      if (!from) {
        this.choose(visible[0]?.id);
        return;
      }
      let best = null;
      let nearest = Infinity;
      for (const node of visible) {
        const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy;
        const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
        if (ahead > 1 && ahead + 2 * aside < nearest) {
          nearest = ahead + 2 * aside;
          best = node.id;
        }
      }
      if (best !== null) this.choose(best);
    }

    choose(id) {
      if (id === undefined) return;
      this.chosen = id;
      this.network.selectNodes([id]);
      const { x, y } = this.network.canvasToDOM(this.network.getPosition(id));
      const inside =
        x > 40 && y > 40 && x < this.canvas.clientWidth - 40 && y < this.canvas.clientHeight - 60;
      if (!inside) this.network.moveTo({ position: this.network.getPosition(id) });
      this.tellNode(id);
    }

    open(id) {
      const { href } = this.nodes.get(id);
      if (href) window.location.assign(href);
    }

    tellNode(id) {
      const node = this.nodes.get(id);
      const links = this.visibleEdges().filter((edge) => edge.from === id || edge.to === id);
      this.tell(`${node.name} (${node.kindName})`, [
        ...node.evidence,
        ...links.slice(0, 5).map((edge) => this.sentence(edge)),
        ...(links.length > 5 ? ["…"] : []),
      ]);
    }

    tellEdge(id) {
      const edge = this.edges.get(id);
      this.tell(this.sentence(edge), edge.evidence);
    }

    sentence(edge) {
      return `${this.nodes.get(edge.from).name} ${edge.phrase} ${this.nodes.get(edge.to).name}`;
    }

    tell(heading, lines) {
      const strong = document.createElement("strong");
      strong.textContent = heading;
      const rest = document.createElement("p");
      rest.textContent = lines.join("\n");
      this.story.replaceChildren(strong, rest);
    }
  }

  function toggle(drawn, visible) {
    if (visible) drawn.removeAttribute("display");
    else drawn.setAttribute("display", "none");
  }

  function replace(set, items) {
    const wanted = new Set(items.map((item) => item.id));
    set.remove(set.getIds().filter((id) => !wanted.has(id)));
    set.update(items);
  }

  for (const root of document.querySelectorAll("[data-network]")) {
    const picture = new Picture(root);
    // A drawing that must be scrolled is better to read on a small screen than a canvas.
    if (root.clientWidth >= NARROW) picture.show("interactive");
    else picture.centre();
  }
})();
