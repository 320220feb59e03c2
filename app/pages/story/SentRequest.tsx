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
      {pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a request does not change
        <Part key={at} piece={piece} />
      ))}
      {erased && <p>{t("attempt.erased")}</p>}
    </div>
  );
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
