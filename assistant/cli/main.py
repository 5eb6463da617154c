"""The `floor` command. Errors are one plain sentence on stderr, never a traceback."""

import click

from assistant.cli import bench, books, oversight, performance, processes, talk, trace, voice


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="floor-assistant")
def main() -> None:
    """The floor assistant: what workers say or type is in the books at that moment."""


for command in (
    books.init,
    books.load_folder,
    books.stock,
    books.entries,
    books.verify,
    books.seal,
    books.backup,
    talk.chat,
    talk.parse,
    talk.phrases,
    trace.trace,
    trace.recall,
    trace.recalls,
    trace.export,
    trace.receive,
    performance.yields,
    performance.shrink,
    performance.suppliers,
    performance.accuracy,
    performance.exposure,
    oversight.rules,
    oversight.warnings,
    oversight.sweep,
    oversight.messages,
    processes.serve,
    processes.slack,
    processes.worker,
    processes.demo,
    bench.bench,
    voice.hear,
    voice.headset,
    voice.headset_pin,
    voice.voice_check,
    voice.voice_model,
    voice.voicecode,
):
    main.add_command(command)
