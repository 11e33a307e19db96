// The style sheet: calm on a screen, small on a phone, plain on paper, dark where that is asked for.
#include "server/pages/pages.hpp"

namespace tideover::pages {
namespace {

constexpr std::string_view sheet = R"css(
:root {
    color-scheme: light dark;
    --paper: #f6f5f0; --card: #ffffff; --ink: #1a2a30; --quiet: #4c5d65; --line: #d8dcd8;
    --tide: #0f4c5c; --on-tide: #ffffff; --on-tide-quiet: #cfe3e7; --strong: #0f4c5c; --link: #0b5568; --focus: #b4470b;
    --rail: #dfe3e1; --band: #c4e0e4; --edge: #4f8590; --part: #2a7c8c;
    --good: #0a6137; --good-ground: #e4f2e9; --warn: #744600; --warn-ground: #fcf0d8; --bad: #981b1b;
    --bad-ground: #fae6e4;
    --code: #eceeea;
    --wave: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='120' height='14' viewBox='0 0 120 14'%3E%3Cpath d='M0 7q30-12 60 0t60 0v7H0z' fill='%23f6f5f0'/%3E%3C/svg%3E");
    --sans: "Helvetica Neue", Arial, "Liberation Sans", Roboto, "Segoe UI", sans-serif;
    --mono: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
    :root {
        --paper: #0f171a; --card: #172226; --ink: #e8eeee; --quiet: #a9b8bc; --line: #304046;
        --tide: #0c3b48; --on-tide-quiet: #bfd6db; --strong: #a5dbe6; --link: #93d3e0; --focus: #ffb454;
        --rail: #33444a; --band: #24515c; --edge: #6fa8b3; --part: #58b0c1;
        --good: #8fdcb0; --good-ground: #12351f; --warn: #f3c778; --warn-ground: #3a2a09; --bad: #ffaca6;
        --bad-ground: #451715;
        --code: #22313a;
        --wave: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='120' height='14' viewBox='0 0 120 14'%3E%3Cpath d='M0 7q30-12 60 0t60 0v7H0z' fill='%230f171a'/%3E%3C/svg%3E");
    }
}

*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: break-word; }
.wrap { max-width: 74rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2rem); }
.prose { max-width: 50rem; padding-block: 2.5rem 3rem; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .07em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.4vw, 2.75rem); letter-spacing: -.015em; margin: 0 0 .75rem; }
h2 { font-size: 1.5rem; letter-spacing: -.01em; margin: 0 0 .35rem; }
h3 { font-size: 1.0625rem; margin: 0; }
p { margin: 0 0 1rem; }
code { font-family: var(--mono); font-size: .875em; overflow-wrap: anywhere; }
ul { padding: 0; margin: 0; list-style: none; }
dl, dd { margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.skip { position: absolute; left: 1rem; top: -4rem; padding: .6rem 1rem; background: var(--card); z-index: 1; }
.skip:focus { top: .5rem; }
header.site { background: var(--tide); color: var(--on-tide); --focus: #ffd08a; }
header.site .wrap {
    display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1.5rem;
    padding-block: .75rem;
}
header.site a { color: inherit; text-decoration: none; }
.brand { display: inline-flex; align-items: center; gap: .5rem; font-weight: 700; font-size: 1.125rem; }
.brand-mark { width: 1.6rem; height: 1.6rem; fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round; }
header.site nav { display: flex; flex-wrap: wrap; gap: .25rem 1.4rem; }
header.site nav a { padding: .25rem 0; border-bottom: 2px solid transparent; }
header.site nav a:hover { border-color: var(--on-tide-quiet); }
header.site nav a[aria-current] { border-color: currentColor; }
footer.site {
    border-top: 1px solid var(--line); margin-top: 3.5rem; padding-block: 1.75rem 2.5rem; color: var(--quiet);
    font-size: .9375rem;
}
footer.site ul { display: flex; flex-wrap: wrap; gap: .4rem 1.75rem; }

.hero {
    background: var(--tide) var(--wave) repeat-x bottom -1px left; color: var(--on-tide);
    padding: clamp(1.5rem, 4vw, 3rem) 0 3.25rem;
}
.hero .lead { max-width: 44rem; font-size: 1.125rem; color: var(--on-tide-quiet); margin-bottom: 1.75rem; }
.summary {
    display: grid; grid-template-columns: auto 1fr; align-items: center; column-gap: .9rem; margin-bottom: 1.75rem;
}
.summary strong {
    font-size: clamp(1.25rem, 1rem + 1.2vw, 1.75rem); line-height: 1.25; letter-spacing: -.01em; grid-column: 2;
}
.summary .sign { width: 2.5rem; height: 2.5rem; fill: var(--on-tide); stroke: var(--tide); }
.summary > span { grid-column: 2; color: var(--on-tide-quiet); }
.summary strong:first-child, .summary strong:first-child ~ span { grid-column: 1 / -1; }
.standing { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13.5rem), 1fr)); gap: 1rem 2rem; }
.standing > div { border-top: 1px solid rgb(255 255 255 / .35); padding-top: .6rem; }
.standing dt { font-size: .875rem; color: var(--on-tide-quiet); }
.standing dd { font-weight: 600; }

.contents ul { display: flex; flex-wrap: wrap; gap: .5rem; padding: .5rem 0 0; }
.contents a {
    display: inline-block; padding: .35rem .85rem; background: var(--card); border: 1px solid var(--line);
    border-radius: 2rem; text-decoration: none; font-size: .9375rem;
}
.contents a:hover { border-color: currentColor; }

.how { margin-top: 2.25rem; }
.columns {
    display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem 3rem;
    margin-top: .9rem;
}
.columns p { max-width: 40rem; }
.legend li {
    display: grid; grid-template-columns: 7.2rem 1fr; align-items: start; margin-bottom: .6rem; font-size: .9375rem;
}
.legend .verdict { justify-self: start; }
.legend li:last-child { display: block; margin-top: 1rem; }
q { quotes: "‘" "’"; }

.group { margin-top: 2.75rem; }
.group > .lead { color: var(--quiet); margin-bottom: 1.1rem; }
.cards { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.cards.by-three { grid-template-columns: repeat(auto-fit, minmax(min(100%, 20.5rem), 1fr)); }
.card {
    display: flex; flex-direction: column; min-width: 0; padding: 1.25rem 1.4rem 1.1rem; background: var(--card);
    border: 1px solid var(--line); border-radius: .6rem; scroll-margin-top: 1rem;
}
.card:target { border-color: var(--edge); box-shadow: 0 0 0 2px var(--edge); }
.card h3 { color: var(--quiet); font-weight: 600; }
.included { font-size: .9375rem; margin: .3rem 0 0; padding-left: .7rem; border-left: 4px solid var(--edge); }
.value { margin: .35rem 0 .15rem; line-height: 1.15; }
.value data {
    font-size: clamp(1.9rem, 1.5rem + 1.4vw, 2.5rem); font-weight: 700; letter-spacing: -.02em;
    font-variant-numeric: tabular-nums; color: var(--strong);
}
.value .unit { font-size: 1.0625rem; color: var(--quiet); }
.claim { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; margin-bottom: .9rem; }
.claim q { font-weight: 700; white-space: nowrap; }
.verdict {
    display: inline-flex; align-items: center; gap: .4rem; padding: .12rem .65rem .12rem .4rem; border-radius: 1rem;
    font-size: .9375rem; font-weight: 600; line-height: 1.5; white-space: nowrap;
}
.sign {
    width: 1.05rem; height: 1.05rem; flex: none; fill: currentColor; stroke: var(--card); stroke-width: 2.4;
    stroke-linecap: round; stroke-linejoin: round;
}
.sign circle, .sign rect, .sign .ground { stroke: none; }
.verdict.matches { color: var(--good); background: var(--good-ground); }
.verdict.warns { color: var(--warn); background: var(--warn-ground); }
.verdict.differs { color: var(--bad); background: var(--bad-ground); }
.verdict.none { color: var(--quiet); padding-left: 0; }
.reason { margin: -.4rem 0 .9rem; font-weight: 600; }
.meaning { color: var(--ink); font-size: .9375rem; margin-bottom: .9rem; }

.picture { margin: 0 0 1rem; }
.picture figcaption { font-size: .875rem; color: var(--quiet); line-height: 1.45; }
.picture svg { display: block; }
.scale { overflow: visible; margin-bottom: .35rem; }
.scale text { font: 12.5px var(--sans); fill: var(--quiet); font-variant-numeric: tabular-nums; }
.scale .said { fill: var(--strong); font-weight: 700; }
.rail { fill: var(--rail); }
.band { fill: var(--band); }
.edge { stroke: var(--edge); stroke-width: 1.5; }
.mark { fill: var(--strong); stroke: var(--card); stroke-width: 1.5; }
.dots { width: 100%; max-width: 21rem; margin-bottom: .45rem; }
.dot { fill: var(--part); }
.ring { fill: none; stroke: var(--bad); stroke-width: 1.5; }
.extra { fill: var(--warn); }
.bars figcaption { margin-bottom: .35rem; color: var(--ink); font-weight: 600; }
.bars li {
    display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem 1rem; font-size: .9375rem;
    margin-bottom: .55rem;
}
.bars .amount { margin-left: auto; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { flex: 1 0 100%; }
.part { fill: var(--part); }

.facts { font-size: .9375rem; }
.facts > div {
    display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: .35rem 0;
    border-top: 1px solid var(--line);
}
.facts dt { color: var(--quiet); }
.facts dd { margin-left: auto; text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; }
.wide { grid-column: 1 / -1; }
.evidence { border-top: 1px solid var(--line); padding-top: .45rem; font-size: .9375rem; }
.evidence summary { color: var(--link); }
.evidence p { margin: .6rem 0 0; }
.digest { color: var(--quiet); }

#table { margin-top: 3rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem .8rem .5rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; border-bottom: 2px solid var(--edge); }
.figures {
    background: var(--card); border: 1px solid var(--line); margin-top: .6rem; font-variant-numeric: tabular-nums;
}
.figures th:first-child, .figures td:first-child { padding-left: 1rem; }
.figures tbody th { font-weight: 400; min-width: 13rem; }
.figures .number { white-space: nowrap; }
.figures .verdict { padding-block: 0; }
.figures .beside th { padding-left: 2.25rem; }
.figures .beside th, .figures .beside td { color: var(--quiet); }

.kicker { color: var(--quiet); margin-bottom: .5rem; }
.prose h2 { margin-top: 2rem; }
.remedy { font-size: 1.125rem; }
.problems { columns: 2 20rem; column-gap: 2.5rem; font-size: .9375rem; }
.problems li { break-inside: avoid; margin-bottom: .7rem; }
.problems li span { display: block; color: var(--quiet); }
.problems a .status { display: inline; color: inherit; font-variant-numeric: tabular-nums; }
.problems a[aria-current] { font-weight: 700; }

.manual { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 3rem; padding-block: 2rem; }
.toc ul { columns: 2 9rem; column-gap: 1.5rem; margin-bottom: 2rem; }
.toc a { display: block; padding: .25rem 0; text-decoration: none; font-size: .9375rem; }
.toc a:hover { text-decoration: underline; }
.manual > .body { min-width: 0; }
.manual .lead { font-size: 1.125rem; color: var(--quiet); }
.manual section { margin-top: 2.5rem; scroll-margin-top: 1rem; }
.manual section h3 { margin-top: .75rem; }
.conventions { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; margin-top: .75rem; }
.conventions dt { font-weight: 600; padding: .6rem 1.5rem 0 0; border-top: 1px solid var(--line); }
.conventions dd { padding: .6rem 0; border-top: 1px solid var(--line); }
pre { background: var(--code); padding: .8rem 1rem; border-radius: .4rem; white-space: pre-wrap; margin: 0 0 1rem; }
.counts { margin-bottom: .9rem; font-size: .9375rem; color: var(--quiet); }
.counts li { margin-bottom: .3rem; }
.aside { margin-bottom: .5rem; font-size: .9375rem; }
.aside summary { color: var(--link); padding: .2rem 0; }
.aside[open] { margin-bottom: 1.25rem; }
.aside .problems { margin-top: .75rem; }
.route { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin-top: .5rem; }
.route summary { display: grid; grid-template-columns: minmax(0, 1fr); gap: .1rem 1.5rem; padding: .6rem .9rem; }
.route summary::-webkit-details-marker { display: none; }
.route summary h3 {
    margin: 0; font-weight: 600; font-size: .9375rem; display: flex; gap: .75rem; align-items: baseline;
}
.route .words { color: var(--quiet); font-size: .9375rem; }
.route[open] summary { border-bottom: 1px solid var(--line); }
.route .inside { padding: .9rem; font-size: .9375rem; }
.method {
    flex: none; width: 3.1rem; text-align: center; font-size: .8125rem; font-weight: 700; border-radius: .25rem;
    padding: .05rem 0;
}
.method.get { background: var(--band); color: var(--strong); }
.method.post { background: var(--strong); color: var(--card); }
.chip { display: inline-block; background: var(--code); border-radius: .25rem; padding: 0 .35rem; margin: .05rem 0; }
.inside table { margin-bottom: 1rem; }
.inside th[scope="row"], .aside th[scope="row"] { width: 28%; font-weight: 600; }
.inside td:nth-child(2), .aside td:nth-child(2) { width: 36%; }
.needed { display: block; color: var(--warn); font-size: .8125rem; font-weight: 600; }
.answer { margin-bottom: .4rem; }

@media (min-width: 56rem) {
    .wide { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 3rem; }
    .wide .value data { font-size: 3.25rem; }
    .wide .facts {
        grid-column: 1 / -1; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 3rem;
    }
    .wide .evidence { grid-column: 1 / -1; }
}
@media (min-width: 64rem) {
    .manual { grid-template-columns: 13rem minmax(0, 1fr); }
    .toc { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: .5rem 0; }
    .toc ul { columns: 1; margin: 0; }
    .toc a { padding: .16rem 0; }
    .route summary { grid-template-columns: minmax(0, 1fr) minmax(0, 17rem); align-items: baseline; }
}
@media (max-width: 40rem) {
    .card { padding: 1rem 1rem .9rem; }
    .facts > div { display: block; }
    .facts dd { text-align: left; font-weight: 600; }
    .conventions { grid-template-columns: minmax(0, 1fr); }
    .conventions dd { border: 0; padding-top: 0; }
    .inside thead, .aside thead {
        position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    }
    .inside table, .inside tbody, .inside tr, .aside table, .aside tbody, .aside tr, .inside caption, .aside caption {
        display: block;
    }
    .inside tr, .aside tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
    .inside th, .inside td, .aside th, .aside td { display: block; width: auto; border: 0; padding: .1rem 0; }
    .inside th[scope="row"], .inside td:nth-child(2), .aside th[scope="row"], .aside td:nth-child(2) { width: auto; }
}
@media (forced-colors: active) {
    .verdict, .card, .method, .chip { border: 1px solid; }
    .rail, .band { fill: Canvas; stroke: CanvasText; }
    .part, .dot, .mark, .extra { fill: CanvasText; }
    .scale text, .scale .said { fill: CanvasText; }
}
@media (prefers-reduced-motion: no-preference) {
    html { scroll-behavior: smooth; }
}
@media print {
    :root {
        --paper: #fff; --card: #fff; --ink: #000; --quiet: #333; --line: #bbb; --tide: #fff; --on-tide: #000;
        --on-tide-quiet: #222;
        --strong: #000; --link: #000; --wave: none; --rail: #e4e4e4; --band: #cfe2e5; --edge: #4f8590;
        --part: #2a7c8c; --code: #f0f0f0;
        --good: #0a6137; --good-ground: #fff; --warn: #744600; --warn-ground: #fff; --bad: #981b1b; --bad-ground: #fff;
    }
    @page { margin: 15mm; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    html { font-size: 8.5pt; }
    body { line-height: 1.4; }
    .wrap { max-width: none; padding: 0; }
    header.site nav, .skip, .contents, .toc, footer.site ul { display: none; }
    .hero { padding: 0 0 .75rem; border-bottom: 2px solid; }
    .hero .lead { max-width: none; }
    .standing { grid-template-columns: repeat(4, 1fr); }
    .standing > div { border-color: #000; }
    .columns { grid-template-columns: 1fr 1fr; }
    .cards { grid-template-columns: 1fr 1fr; gap: .75rem; }
    .cards.by-three { grid-template-columns: 1fr 1fr 1fr; }
    .card { padding: .8rem .9rem; }
    .card, .route, tr { break-inside: avoid; }
    .wide, .wide .facts { display: grid; grid-template-columns: 1fr 1fr; column-gap: 2rem; }
    .wide .facts, .wide .evidence { grid-column: 1 / -1; }
    h2, h3, .group > .lead { break-after: avoid; }
    .group, .how { margin-top: 1.5rem; }
    .scale text { font-size: 7pt; }
    .verdict { border: 1px solid; }
    .scroll { overflow: visible; }
    .figures .number { white-space: normal; }
    .manual { display: block; }
    details::details-content { content-visibility: visible; display: block; block-size: auto; }
    .evidence { font-size: .8125rem; }
    .evidence p + p { display: none; }
}
)css";

}  // namespace

Response style(Exchange&) {
    static const auto made = made_once({.content_type = "text/css; charset=utf-8",
                                        .body = std::string{sheet},
                                        .headers = {{"Cache-Control", "max-age=300"}}});
    return made;
}

}  // namespace tideover::pages
