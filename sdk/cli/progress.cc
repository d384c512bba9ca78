#include "progress.h"

#include <string>

namespace greenlane::cli {
namespace {

constexpr std::chrono::milliseconds interval(200);

}  // namespace

void Progress::step(double share, std::size_t count) {
  done_ += count;
  // Asking for the time costs more than most steps.
  if (!console_.progress || console_.quiet || done_ / 64 == (done_ - count) / 64) return;
  const auto now = Clock::now();
  if (now - shown_ < interval) return;
  shown_ = now;
  visible_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  std::string line = "\r" + grouped(done_) + std::string(console_.say(" declarations, ", " 份报关单，")) +
                     grouped(static_cast<std::size_t>(static_cast<double>(done_) / seconds)) + "/s";
  if (share > 0 && share < 1) {
    line += ", " + std::to_string(static_cast<int>(share * 100)) + " %, ";
    line += grouped(static_cast<std::size_t>(seconds * (1 - share) / share) + 1);
    line += console_.say(" s left", " 秒后完成");
  }
  console_.err(line + "\x1b[K");
}

void Progress::finish() {
  if (visible_) console_.err("\r\x1b[K");
}

}  // namespace greenlane::cli
