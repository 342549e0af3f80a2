"""From opened files to a report with a load that is ready to be applied."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from loaders.agreement import leave_told, refuse_contradictions, settle_defaults, skip_twins
from loaders.difference import Difference, difference
from loaders.files import (
    OpenedFiles,
    add_cell_errors,
)
from loaders.keeping import emptied, said_again, says_something
from loaders.known import Known
from loaders.naming import Naming
from loaders.options import LoadOptions
from loaders.recognise import RecognisedSheet
from loaders.report import Report, RowReport, SheetReport
from loaders.resolve import (
    about_names,
    about_own_names,
    own_names,
    own_parts,
    refuse_unknown_departments,
)
from loaders.rings import refuse_rings, states_parents
from loaders.rows import read_rows
from loaders.shown import shown_element
from loaders.statements import Draft, Drafting
from loaders.verdicts import NAME, Before, Causes, Removal, Verdicts, removal
from schema.field import Value
from schema.messages import Place, say
from schema.names import fold
from schema.records import EXISTS, Load, Record
from schema.sheets import MUNICIPALITY
from schema.text import Text


class Resolving:
    """The steps from opened files to a report, each adding to what is said."""

    def __init__(self, opened: OpenedFiles, known: Known, options: LoadOptions) -> None:
        self.opened = opened
        self.known = known
        self.options = options
        self.source = options.source if options.source is not None else " + ".join(opened.names)
        self.municipality = _with_letters(options.municipality)
        self.general = list(opened.messages)
        self.left_out = set(opened.left_out)
        self.before = Before([each for each in known.standing(self.source) if says_something(each)])
        self.sheets = [sheet for sheet in opened.sheets if not self._lacks_municipality(sheet)]
        self.drafts, self.naming = self._draft()

    def _lacks_municipality(self, sheet: RecognisedSheet) -> bool:
        """Whether every row of the sheet stands in a municipality, and none is told anywhere."""
        needed = any(c.kind == "department" and c.required for c in sheet.sheet.names)
        told = any(column.key == MUNICIPALITY.key for column in sheet.columns.values())
        if not needed or told or not sheet.rows or self.municipality is not None:
            return False
        self.general.append(say("municipality-missing", sheet.place(sheet.header_row)))
        self.left_out.add((sheet.table.file, sheet.table.sheet))
        return True

    def _draft(self) -> tuple[list[Draft], Naming]:
        """Read all rows, and work out what each says."""
        rows = [row for sheet in self.sheets for row in read_rows(sheet)]
        add_cell_errors(rows, self.opened)
        names_rows = [row for row in rows if row.sheet.sheet.key == "names" and not row.skipped]
        own = own_names(names_rows, self.municipality)
        parts = own_parts(rows, self.municipality)
        naming = Naming(self.known, own.others, own.names, parts)
        drafting = Drafting(naming, self.municipality)
        drafts = [drafting.draft(row) for row in rows]
        asked: frozenset[str] = frozenset()
        if not self.options.new_departments:
            asked = refuse_unknown_departments(drafts, self.known, naming)
        self._check(drafts, naming)
        self.general += about_names(drafts, self.known, naming, asked)
        self.general += about_own_names(own.others, names_rows, self.known, naming)
        return drafts, naming

    def _check(self, drafts: list[Draft], naming: Naming) -> None:
        """Hold rows against each other and against what the graph says."""
        settle_defaults(drafts)
        skip_twins(drafts)
        refuse_contradictions(drafts, naming.name_of)
        if states_parents(drafts):
            self._refuse_rings(drafts, naming)

    def _refuse_rings(self, drafts: Sequence[Draft], naming: Naming) -> None:
        """Rows that are left out say nothing, so without them other rows may close a ring."""
        leaves_out = self.options.skip_refused
        while True:
            counted = [d for d in drafts if not (d.refused and leaves_out)]
            keys = {draft.key for draft in counted if draft.key is not None}
            falling = self.before.falling(keys, self.options.remove_missing)
            if leaves_out:
                stays = self._staying(drafts, keys)
                falling = [kept for kept in falling if not stays(kept.record)]
            found = refuse_rings(counted, self.known.parents(falling), naming.name_of)
            if not (found and leaves_out):
                return

    def report(self) -> Report:
        loaded = [draft for draft in self.drafts if not draft.refused and not draft.skipped]
        keys = {str(draft.key) for draft in loaded}
        stays = self._staying(self.drafts, keys)
        staying = [each for each in self.before.records if stays(each.record)]
        let_alone = {each.number for each in staying if each.record.key not in keys}
        falling = self.before.falling(keys, self.options.remove_missing)
        self.fallen = [each for each in falling if each.number not in let_alone]
        now = self._settle(loaded)
        made = {id(draft): draft.record() for draft in loaded}
        again = [each.record for each in staying if each.record.key in keys]
        kept = said_again(made.values(), again)
        records = [*kept, *made.values()]
        missing = {each.record.key for each in self.fallen} - keys
        applies = not self.before.has_all(records) or (bool(missing) and bool(records))
        changes = Difference({}, ())
        if applies:
            of_old = (made[id(draft)] for draft in loaded if draft.main in now)
            changes = difference(self.known, now, self.fallen, records, (*kept, *of_old))
        causes = Causes(loaded, made, kept, self.before, self.fallen, changes.steps.keys())
        verdicts = Verdicts(self.drafts, now, changes, causes, self.naming.name_of)
        rows = tuple(self._row_report(draft, verdicts) for draft in self.drafts)
        removed = Removal((), ())
        if applies and missing:
            removed = removal(causes, changes, records, self.naming.name_of)
        in_place = emptied(self.fallen, missing) if let_alone else None
        load, nothing_new = self._load(records, in_place, len(loaded), applies, removed)
        unread = len(let_alone) + len(kept)
        if load is not None and self.options.remove_missing and unread:
            self.general.append(say("kept-unread", self._whole(), rows=unread))
        return Report(
            self.source,
            self.opened.names,
            tuple(map(_sheet_report, self.sheets)),
            rows,
            tuple(self.general),
            load,
            nothing_new,
            removed.falling,
            removed.gone,
        )

    def _settle(self, loaded: Sequence[Draft]) -> Mapping[str, Mapping[str, Value]]:
        """What the graph says of all that the load touches; and what rows say by leaving it out."""
        mentioned = {said.element for draft in loaded for said in draft.statements}
        told = {
            said.element
            for draft in loaded
            for said in draft.statements
            if said.field not in (EXISTS, NAME)
        }
        told |= {said.element for draft in loaded for said in draft.defaults}
        fallen = [kept.record for kept in self.fallen]
        told |= {element for record in fallen for element in record.elements()}
        now = self.known.now(told, mentioned - told)
        said_before = {(said.element, said.field) for each in fallen for said in each.statements}
        leave_told(loaded, now, said_before)
        return now

    def _staying(self, drafts: Iterable[Draft], keys: Set[str]) -> Callable[[Record], bool]:
        """Which records are kept as they were where rows with these keys are loaded: what the
        source said of a refused row is not missing, nor what it said in a sheet that cannot be
        read where all that is missing falls; nor what else it said under the same key."""
        refused = {draft.key for draft in drafts if draft.refused}
        removes = self.options.remove_missing
        records = (each.record for each in self.before.records) if removes else ()
        unread = {record.key for record in records if self._is_left_out(record.place)}

        def stays(record: Record) -> bool:
            if record.key not in keys:
                return removes and (record.key in refused or record.key in unread)
            return record.key in refused or (removes and self._is_left_out(record.place))

        return stays

    def _is_left_out(self, place: Place) -> bool:
        return bool({(place.file, None), (place.file, place.sheet)} & self.left_out)

    def _load(
        self,
        records: Sequence[Record],
        in_place: Sequence[Record] | None,
        loaded: int,
        applies: bool,
        removed: Removal,
    ) -> tuple[Load | None, bool]:
        """The load, or None where nothing is to be applied; and whether that is because all of
        it was loaded before. Says which it is."""
        refused = sum(draft.refused for draft in self.drafts)
        failed = refused > 0 or any(m.kind.severity == "error" for m in self.general)
        if failed and not (self.options.skip_refused and loaded):
            some = refused > 0 or loaded > 0
            not_applied = say("load-not-applied", rows=refused)
            self.general.append(not_applied if some else say("nothing-could-be-read"))
            return None, False
        if failed:
            self.general.append(say("left-out", rows=refused, sheets=len(self.left_out)))
        if not loaded:
            self.general.append(say("nothing-to-load", self._whole()))
            return None, False
        if not applies:
            self.general.append(say("nothing-new", self._whole()))
            return None, True
        if removed.falling:
            counts = {"rows": len(removed.falling), "gone": len(removed.gone)}
            self.general.append(say("records-fall", self._whole(), **counts))
        if removed.municipalities:
            names = removed.municipalities
            self.general.append(say("municipality-falls", self._whole(), municipalities=names))
        return self._made(records, in_place), False

    def _whole(self) -> Place:
        return Place(", ".join(self.opened.names))

    def _made(self, records: Sequence[Record], in_place: Sequence[Record] | None) -> Load:
        """Where some of what is missing is to stand as it did, what falls is named one by one."""
        return Load(
            self.source,
            (*records, *(in_place or ())),
            self.known.snapshot.revision,
            self.opened.names,
            self.options.remove_missing and in_place is None,
            self.options.actor,
        )

    def _row_report(self, draft: Draft, verdicts: Verdicts) -> RowReport:
        verdict, changes = verdicts.of(draft)
        return RowReport(
            draft.row.place,
            draft.row.sheet.sheet.key,
            verdict,
            self._about(draft),
            tuple(draft.messages),
            changes,
        )

    def _about(self, draft: Draft) -> Text:
        if draft.main is not None:
            return shown_element(draft.main, self.naming.name_of)
        named = ", ".join(draft.row.names.values())
        return Text(named, named)


def _with_letters(name: str | None) -> str | None:
    """A name that can be one, or None."""
    return name if name is not None and fold(name) else None


def _sheet_report(sheet: RecognisedSheet) -> SheetReport:
    columns: Mapping[str, str] = {
        letter: column.key
        for index, column in sheet.columns.items()
        if (letter := sheet.letter(index)) is not None
    }
    if sheet.origin is not None:
        columns = sheet.origin.columns
    return SheetReport(
        sheet.table.file,
        sheet.table.sheet,
        sheet.sheet.key,
        sheet.sheet.label,
        len(sheet.rows),
        columns,
    )
