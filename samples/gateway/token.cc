#include "token.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "base/text.h"
#include "client/key_file.h"

namespace greenlane::gateway {
namespace {

constexpr std::size_t max_pin = 256;

/// Asks the terminal, which does not show what is typed.
Result<std::string> ask_for_pin(const std::string& token) {
  if (::isatty(STDIN_FILENO) == 0) {
    return Error{.code = ErrorCode::invalid_argument, .message = "there is no terminal to ask for the PIN; give --pin-file FILE",
                 .source = token};
  }
  std::fprintf(stderr, "PIN of %s: ", token.c_str());
  termios shown{};
  ::tcgetattr(STDIN_FILENO, &shown);
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  std::string pin;
  pin.reserve(max_pin);
  for (int c = std::getchar(); c != EOF && c != '\n' && pin.size() < max_pin; c = std::getchar()) pin += static_cast<char>(c);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
  std::fputc('\n', stderr);
  return pin;
}

Result<std::string> read_pin(const std::string& file) {
  const auto bytes = client::read_key_file(file);
  return bytes.ok() ? Result<std::string>(std::string(text::trim(bytes->bytes()))) : bytes.error();
}

}  // namespace

Result<std::unique_ptr<Signer>> token_signer(const TokenArguments& arguments) {
  if (arguments.token.empty() || arguments.label.empty()) {
    return Error{.code = ErrorCode::invalid_argument, .message = "say which key: --token LABEL and --label LABEL",
                 .source = arguments.module};
  }
  const auto pin = [&](const std::string& token) { return arguments.pin_file.empty() ? ask_for_pin(token) : read_pin(arguments.pin_file); };
  return pkcs11_signer({.module = arguments.module, .token = arguments.token, .label = arguments.label, .id = {}, .pin = pin});
}

}  // namespace greenlane::gateway
