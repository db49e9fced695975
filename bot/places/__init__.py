"""Where people live: the provinces and larger towns of the countries that the shop knows."""
