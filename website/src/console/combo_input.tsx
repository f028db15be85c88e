/** The field of a combobox: its input, its list and its voice; what it finds is its owner's. */

interface Props {
  id: string;
  label: string;
  name?: string;
  value?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** What the list needs under the field. */
const ROOM_PX = 340;

function makeRoom({ currentTarget: input }: { currentTarget: HTMLInputElement }) {
  if (innerHeight - input.getBoundingClientRect().bottom < ROOM_PX) input.scrollIntoView({ block: "center" });
}

export function ComboInput({ id, label, ...input }: Props) {
  return (
    <>
      <div class="combo">
        <input
          id={id}
          type="text"
          role="combobox"
          aria-expanded="false"
          aria-autocomplete="list"
          aria-controls={`${id}-options`}
          autocomplete="off"
          spellcheck={false}
          onFocus={makeRoom}
          {...input}
        />
        <ul class="options" id={`${id}-options`} role="listbox" aria-label={label} hidden />
      </div>
      <p class="hidden-visually" role="status" id={`${id}-status`} />
    </>
  );
}
