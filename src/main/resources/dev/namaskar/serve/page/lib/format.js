// Numbers as people read them.

/** A number with about four digits that count. */
export function figure(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return exponent(value);
  return Number(value.toPrecision(4)).toString();
}

/** 2.1e-4 as 2.1·10⁻⁴. */
function exponent(value) {
  const [digits, power] = value.toExponential(1).split('e');
  const raised = [...power.replace('+', '')].map((c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[c] ?? '⁻').join('');
  return `${digits}·10${raised}`;
}

/** A whole number with thin spaces between thousands. */
export function count(value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Seconds as 42 s, 3:05 min or 2:10 h. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n) => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)} min`;
  return `${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))} h`;
}

/** A share as a percentage. */
export function percent(share) {
  const part = 100 * share;
  return `${part > 0 && part < 0.1 ? '<0.1' : part.toFixed(part < 10 ? 1 : 0)} %`;
}

/** A symbol as it can be seen: blanks and line ends by signs. */
export function visible(symbol) {
  return { ' ': '␣', '\n': '↵', '\t': '⇥', '\r': '␍' }[symbol] ?? symbol;
}
