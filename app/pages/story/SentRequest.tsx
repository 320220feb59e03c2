// A request as it left: its own message is marked within it, those of others are folded.
import type { SerializeFrom } from "@remix-run/node";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Piece, Proof } from "../../delivery/proof/proof.ts";

export function SentRequest({ proof }: { proof: SerializeFrom<Proof> }) {
  const { t } = useTranslation("story");
  const { method, address, headers, pieces, erased } = proof;
  return (
    <div className="answer sent">
      <pre>
        <b>{method}</b> {address}
        {headers.map(([name, value]) => (
          <Fragment key={name}>
            {"\n"}
            {name}: {value}
          </Fragment>
        ))}
      </pre>
      {linedUp(pieces).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a request does not change
        <Part key={at} piece={piece} />
      ))}
      {erased && <p>{t("attempt.erased")}</p>}
    </div>
  );
}

/** Each piece begins with a line of its own: the indentation before it is its first line's, and the breaks around it are none of its text. */
function linedUp(pieces: Piece[]): Piece[] {
  let indent = "";
  return pieces.map((piece) => {
    const [whole, after = ""] = /\n( *)$/.exec(piece.text) ?? [""];
    const text = indent + piece.text.slice(0, piece.text.length - whole.length).replace(/^\n/, "");
    indent = after;
    return { ...piece, text };
  });
}

function Part({ piece: { own, messages, text, isCut } }: { piece: Piece }) {
  const { t } = useTranslation("story");
  const rest = isCut && <p>{t("attempt.cut")}</p>;
  if (messages === 0) return <pre>{text}</pre>;
  if (own)
    return (
      <>
        <pre>
          <mark>{text}</mark>
        </pre>
        {rest}
      </>
    );
  return (
    <details>
      <summary>{t("attempt.others", { count: messages })}</summary>
      <pre>{text}</pre>
      {rest}
    </details>
  );
}
