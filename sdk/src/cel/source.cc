#include "cel/source.h"

#include <algorithm>

namespace greenlane::cel {
namespace {

/// Mistakes that one error tells of.
constexpr std::size_t max_told = 10;

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }

std::string_view line_around(std::string_view source, std::size_t offset) {
  const std::size_t at = std::min(offset, source.size());
  const std::size_t before = at == 0 ? std::string_view::npos : source.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(source.find('\n', at), source.size());
  return source.substr(begin, end - begin);
}

std::string describe(std::string_view source, const Issue& issue) {
  const Position where = position_at(source, issue.range.begin);
  std::string out = issue.message + "\n  ";
  const std::string_view line = line_around(source, issue.range.begin);
  if (line.size() > 200) return out + "at column " + std::to_string(where.column);
  out.append(line).append("\n  ").append(where.column - 1, ' ').append("^");
  return out;
}

}  // namespace

Position position_at(std::string_view source, std::uint32_t offset) noexcept {
  Position where;
  for (std::size_t i = 0; i < std::min<std::size_t>(offset, source.size()); ++i) {
    if (source[i] == '\n') {
      ++where.line;
      where.column = 1;
    } else if (starts_code_point(source[i])) {
      ++where.column;
    }
  }
  return where;
}

Error to_error(std::string_view source, const std::vector<Issue>& issues) {
  Error error{.code = ErrorCode::invalid_expression, .message = {}, .source = {}, .pointer = {}};
  if (issues.empty()) return error;
  const Position first = position_at(source, issues.front().range.begin);
  error.line = first.line;
  error.column = first.column;
  std::size_t told = 0;
  for (const Issue& issue : issues) {
    if (told++ == max_told) {
      error.message += "\n… and " + std::to_string(issues.size() - max_told) + " more";
      break;
    }
    if (!error.message.empty()) {
      const Position at = position_at(source, issue.range.begin);
      error.message += "\n" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    }
    error.message += describe(source, issue);
  }
  return error;
}

}  // namespace greenlane::cel
