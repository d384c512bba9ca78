// The most memory that a process uses which screens a long stream of declarations.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "bench_files.h"
#include "declaration_text.h"
#include "figures.h"
#include "measure.h"
#include "pack_text.h"

namespace greenlane::bench {
namespace {

/// A process that screens what is written to `in`. Its peak is never below what this process held when it
/// began, so that children are started before the lines are made.
struct Child {
  pid_t id;
  int in;
};

Child start(const Bench& bench, const std::string& pack) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t id = fork();
  if (id < 0) throw std::runtime_error("no process");
  if (id == 0) {
    dup2(ends[0], STDIN_FILENO);
    execl(bench.program.c_str(), bench.program.c_str(), "--screen", pack.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  return {id, ends[1]};
}

/// Writes the lines again and again until there are `count`.
void feed(int to, const std::string& text, std::size_t lines, std::uint64_t count) {
  for (; count > 0; count -= lines) {
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t written = write(to, text.data() + at, text.size() - at);
      if (written <= 0) throw std::runtime_error("the process that screens does not read");
      at += static_cast<std::size_t>(written);
    }
  }
}

double peak_mb(const Child& child, const std::string& text, std::size_t lines, std::uint64_t count) {
  feed(child.in, text, lines, count);
  close(child.in);
  int status = 0;
  rusage used{};
  if (wait4(child.id, &status, 0, &used) != child.id || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Disagreement("the process that screens a stream fails");
  }
  return static_cast<double>(used.ru_maxrss) * 1024 / 1e6;
}

}  // namespace

MemoryFigure measure_memory(const Bench& bench) {
  say("memory of a stream of " + std::to_string(bench.plan.long_stream) + " declarations");
  std::signal(SIGPIPE, SIG_IGN);
  const std::string pack = bench.folder + "/pack.json";
  write_file(pack, pack_text(bench.world, make_rules(bench.world, Mix::dense, bench.plan.file_criteria, 72)));
  const Child for_short = start(bench, pack), for_long = start(bench, pack);
  std::string text;
  for (const std::string& line :
       declaration_lines(bench.world, make_goods(bench.world, bench.plan.declarations, 75), 76))
    text.append(line).append("\n");
  MemoryFigure figure;
  figure.short_mb = peak_mb(for_short, text, bench.plan.declarations, bench.plan.short_stream);
  const double seconds = seconds_of(
      [&] { figure.long_mb = peak_mb(for_long, text, bench.plan.declarations, bench.plan.long_stream); });
  figure.lines_per_s = static_cast<double>(bench.plan.long_stream) / seconds;
  return figure;
}

int screen_standard_input(const std::string& pack) {
  screen_file("-", load_pack(pack), {"ndjson", ""}, 2, "/dev/null");
  return 0;
}

}  // namespace greenlane::bench
