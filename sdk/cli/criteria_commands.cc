#include <algorithm>
#include <fstream>
#include <iterator>

#include "criteria_text.h"
#include "greenlane/assessment.h"
#include "home_commands.h"
#include "output.h"

namespace greenlane::cli {
namespace {

/// Shows what an update is doing, on one line that goes away.
class Steps {
 public:
  explicit Steps(const Console& console) : console_(console) {}
  ~Steps() {
    if (visible_) console_.err("\r\x1b[K");
  }
  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;

  void operator()(const UpdateStep& step) {
    if (!console_.progress || console_.quiet) return;
    visible_ = true;
    std::string line = "\r" + std::string(words(step.what));
    if (!step.pack.empty()) line += " " + std::string(step.pack) + " (" + grouped(step.done + 1) + "/" + grouped(step.all) + ")";
    console_.err(line + "\x1b[K");
  }

 private:
  std::string_view words(std::string_view what) const {
    if (what == "metadata") return console_.say("getting what customs has signed", "正在获取海关签名的清单");
    if (what == "log") return console_.say("following the publication log", "正在核对发布日志");
    if (what == "download") return console_.say("getting", "正在下载");
    if (what == "check") return console_.say("checking", "正在检验");
    return console_.say("writing", "正在写入");
  }

  const Console& console_;
  bool visible_ = false;
};

Exit exit_of(const CriteriaUpdate& update) {
  bool bad = false, missing = false;
  for (const PackChange& change : update.packs) {
    if (change.outcome == "refused" && change.error->code == ErrorCode::not_trusted) return Exit::not_trusted;
    bad = bad || change.outcome == "refused";
    missing = missing || change.outcome == "missing";
  }
  if (bad) return Exit::bad_input;
  return missing ? Exit::unavailable : Exit::done;
}

/// The home may be in use by another process, which ends.
Exit fail(const Console& console, const Error& error) {
  const Exit status = console.fail(error);
  return error.retryable && status == Exit::bad_input ? Exit::unavailable : status;
}

Exit finish(const Console& console, const Result<CriteriaUpdate>& update) {
  if (!update.ok()) return fail(console, update.error());
  if (console.json) {
    console.out(update->to_json() + "\n");
  } else if (!console.quiet) {
    console.out(update_text(console, *update));
  }
  return exit_of(*update);
}

}  // namespace

Exit run_criteria_update(const Console& console, const std::string& given) {
  auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  const auto update = [&] {
    Steps steps(console);
    return home->update_criteria({.now = {}, .on_step = [&steps](const UpdateStep& step) { steps(step); }});
  }();
  return finish(console, update);
}

Exit run_criteria_import(const Console& console, const std::string& given, const std::string& bundle) {
  auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  const auto update = [&] {
    Steps steps(console);
    return home->import_criteria(bundle, {.now = {}, .on_step = [&steps](const UpdateStep& step) { steps(step); }});
  }();
  return finish(console, update);
}

Exit run_criteria_export(const Console& console, const std::string& given, const std::string& bundle, const std::vector<std::string>& packs) {
  const auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  const auto written = home->export_criteria(bundle, packs);
  if (!written.ok()) return fail(console, written.error());
  if (!console.quiet) console.err(bundle + std::string(console.say(": written\n", "：已写入\n")));
  return Exit::done;
}

Exit run_criteria_status(const Console& console, const std::string& given) {
  const auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  const auto status = home->criteria_status();
  if (!status.ok()) return console.fail(status.error());
  console.out(console.json ? status->to_json() + "\n" : status_text(console, *status));
  const std::string freshness = status->freshness();
  const bool bad = status->clock_suspect || !status->problems.empty() || freshness == "expired" || freshness == "unknown";
  return bad ? Exit::not_trusted : Exit::done;
}

Exit run_criteria_list(const Console& console, const std::string& given) {
  const auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  const auto kept = home->kept_packs();
  if (!kept.ok()) return console.fail(kept.error());
  if (!console.json) {
    console.out(kept->empty() ? std::string(console.say("no pack was ever in use here; run greenlane criteria update\n", "本机从未启用判据包；请运行 greenlane criteria update\n"))
                              : kept_text(console, *kept));
    return Exit::done;
  }
  for (const KeptPack& pack : *kept) {
    const auto proof = home->publication_proof(pack.id, pack.revision);
    if (!proof.ok()) return console.fail(proof.error());
    console.out(pack.to_json(&*proof) + "\n");
  }
  return Exit::done;
}

Exit run_criteria_checkpoint(const Console& console, const std::string& given, const std::string& output) {
  const auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  const auto note = home->checkpoint();
  if (!note.ok()) return console.fail(note.error());
  auto file = Output::open(output);
  if (!file.ok()) return console.fail(file.error());
  if (auto written = file->write(*note); !written.ok()) return console.fail(written.error());
  if (auto closed = file->close(); !closed.ok()) return console.fail(closed.error());
  return Exit::done;
}

Exit run_criteria_compare(const Console& console, const std::string& given, const std::string& path) {
  constexpr std::size_t max_note = std::size_t{64} << 10;
  const auto home = open_home(given);
  if (!home.ok()) return console.fail(home.error());
  std::ifstream file(path, std::ios::binary);
  if (!file) return console.fail({.code = ErrorCode::not_found, .message = "the file cannot be read", .source = path});
  std::string theirs(max_note + 1, '\0');
  file.read(theirs.data(), static_cast<std::streamsize>(theirs.size()));
  theirs.resize(static_cast<std::size_t>(file.gcount()));
  if (theirs.size() > max_note) return console.fail({.code = ErrorCode::limit_exceeded, .message = "the file is larger than a checkpoint is", .source = path});
  const auto compared = home->compare_checkpoint(theirs);
  if (compared.ok()) {
    if (!console.quiet && !console.json) console.out(std::string(console.say("one history: customs has shown both of you the same log\n", "历史一致：海关向双方出示的日志相同\n")));
    if (console.json) console.out("{\"comparison\":\"consistent\"}\n");
    return Exit::done;
  }
  Error error = compared.error();
  if (error.source.empty()) error.source = path;
  const Exit status = fail(console, error);
  const auto mine = home->checkpoint();
  if (status == Exit::unavailable) {
    console.err(std::string(console.say("this home has seen less than the other one; run greenlane criteria update, then\ncompare again\n",
                                        "本机所见少于对方；请运行 greenlane criteria update 后再比对\n")));
  } else if (status == Exit::not_trusted && mine.ok()) {
    console.err(std::string(console.say("\nours:\n", "\n我方：\n")) + *mine + std::string(console.say("\ntheirs:\n", "\n对方：\n")) + theirs);
  }
  return status;
}

}  // namespace greenlane::cli
