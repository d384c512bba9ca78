#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

#include "commands.h"
#include "greenlane/watch.h"
#include "home_commands.h"
#include "pack_arguments.h"
#include "pack_text.h"
#include "report.h"

namespace greenlane::cli {
namespace {

std::atomic<bool> asked_to_stop = false;
static_assert(std::atomic<bool>::is_always_lock_free, "set by a signal");

/// SIGINT and SIGTERM let the file under way be finished; a second one ends at once, which loses nothing either.
void stop_by_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { asked_to_stop = true; };
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

std::string_view outcome_name(const Console& console, WatchOutcome outcome) {
  constexpr std::array<std::array<std::string_view, 2>, 4> names = {
      {{"no findings", "未命中"}, {"undecided  ", "待判定"}, {"FINDINGS   ", "有命中"}, {"FAILED     ", "失败  "}}};
  return console.say(names[static_cast<std::size_t>(outcome)][0], names[static_cast<std::size_t>(outcome)][1]);
}

std::string line_of(const Console& console, const WatchedFile& file) {
  constexpr std::array<std::string_view, 4> colours = {"32", "33", "31", "31"};
  std::string line = console.styled(colours[static_cast<std::size_t>(file.outcome)], outcome_name(console, file.outcome)) + "  " + file.label;
  if (file.label != file.name) line += std::string(console.say("  sent as ", "  原名 ")) + file.name;
  if (file.findings != 0) {
    line += "  " + std::string(console.say("findings ", "命中 ")) + grouped(file.findings);
    line += std::string(console.say(", highest ", "，最高等级 ")) + std::string(to_string(file.level));
  }
  if (!file.errors.empty()) line += "  " + file.errors.front().to_text();
  return line + "\n";
}

/// The text that `screen` prints for the same file.
FileReport report_for(const Console& console, const std::vector<Pack>& packs) {
  const auto report = std::make_shared<Report>(console);
  return {.add = [report](const BatchItem& item) { report->add(item); },
          .text = [report, &console, &packs](const BatchSummary& summary) { return packs_text(console, packs) + report->text(summary); }};
}

/// The packs in use in a home, looked at again from time to time: an update may bring others, and time makes them stale.
class FollowedPacks {
 public:
  FollowedPacks(const PackArguments& arguments, std::vector<Pack>& packs) : arguments_(arguments), packs_(packs) {}

  Result<std::optional<std::vector<Pack>>> operator()() {
    const auto now = Clock::now();
    if (now < next_) return std::optional<std::vector<Pack>>();
    next_ = now + std::chrono::seconds(1);
    const auto stamp = stamp_now();
    if (!stamp.ok()) {
      next_ = now + std::chrono::minutes(1);
      return stamp.error();
    }
    if (*stamp == stamp_) return std::optional<std::vector<Pack>>();
    auto packs = load_packs(arguments_);
    if (!packs.ok()) return std::move(packs).error();
    stamp_ = *stamp;
    packs_ = *std::move(packs);
    return std::optional(packs_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  Result<std::string> stamp_now() const {
    const auto home = open_home(arguments_.home);
    if (!home.ok()) return home.error();
    return home->packs_stamp();
  }

  const PackArguments& arguments_;
  std::vector<Pack>& packs_;
  std::string stamp_;
  Clock::time_point next_{};
};

Exit exit_of(const WatchSummary& summary) {
  if (summary.by_outcome[static_cast<std::size_t>(WatchOutcome::failed)] != 0) return Exit::bad_input;
  return summary.by_outcome[static_cast<std::size_t>(WatchOutcome::findings)] != 0 ? Exit::findings : Exit::done;
}

std::string summary_text(const Console& console, const WatchSummary& summary) {
  std::string text = "greenlane:";
  std::size_t number = 0;
  for (const std::size_t each : summary.by_outcome) number += each;
  const auto count = [&](std::string_view en, std::string_view zh, std::size_t each) { text += " " + grouped(each) + std::string(console.say(en, zh)); };
  count(" answered,", " 份已答复，", number);
  count(" with findings,", " 份有命中，", summary.by_outcome[static_cast<std::size_t>(WatchOutcome::findings)]);
  count(" failed", " 份失败", summary.by_outcome[static_cast<std::size_t>(WatchOutcome::failed)]);
  if (summary.recovered != 0) count(" recovered", " 份由上次运行恢复", summary.recovered);
  return text + "\n";
}

}  // namespace

Exit run_watch(const Console& console, const WatchArguments& arguments) {
  const ScreenArguments& screening = arguments.screen;
  auto packs = load_packs(screening.packs);
  if (!packs.ok()) return console.fail(packs.error());
  const auto as_of = read_date(screening.as_of);
  if (!as_of.ok()) return console.fail(as_of.error());
  Console plain = console;
  plain.colour = false;
  WatchOptions options;
  options.input = {screening.input, screening.mapping};
  options.as_of = *as_of;
  options.fail_on = lowest_level(screening.fail_on);
  options.why = screening.why;
  options.interval = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.interval * 1000));
  options.tries = arguments.tries;
  options.once = arguments.once;
  options.status = arguments.status;
  options.report = [&] { return report_for(plain, *packs); };
  options.on_file = [&](const WatchedFile& file) {
    if (!console.json && console.quiet) return;
    console.out(console.json ? file.to_json() + "\n" : line_of(console, file));
    std::fflush(stdout);
  };
  options.on_trouble = [&](const Error& error) { console.err("greenlane: " + error.to_text() + "\n"); };
  if (screening.packs.follow_home()) {
    const auto follow = std::make_shared<FollowedPacks>(screening.packs, *packs);
    options.renew = [follow] { return (*follow)(); };
  }
  options.stop = [] { return asked_to_stop.load(); };
  stop_by_signals();
  const auto summary = watch_folder({arguments.in, arguments.out, arguments.done, arguments.failed}, *packs, options);
  if (!summary.ok()) {
    const Exit status = console.fail(summary.error());
    return summary.error().retryable ? Exit::unavailable : status;
  }
  if (!console.quiet) console.err(summary_text(console, *summary));
  return arguments.once ? exit_of(*summary) : Exit::done;
}

}  // namespace greenlane::cli
