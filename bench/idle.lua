-- Connects and asks for nothing.
function delay() return 3600 * 1000 end
